import { isXml } from '../xml/is-xml.ts'
import { beginsHeader } from './begins-header.ts'

const START = 0x0b
const headers = ['\x0bMSH', '\x0bFHS', '\x0bBHS'].map((text) => Buffer.from(text))
const xmlDeclaration = Buffer.from('\x0b<?xml')
/** In XML, which cannot contain 0x0B, any tag after one starts a new document. */
const anyTag = Buffer.from('\x0b<')

/** The last occurrence of `name` that starts a header; -1 if none. */
const lastHeader = (payload: Buffer, name: Buffer): number => {
  let at = payload.lastIndexOf(name)
  while (at > 0 && !beginsHeader(payload, at + 1)) at = payload.lastIndexOf(name, at - 1)
  return at !== -1 && beginsHeader(payload, at + 1) ? at : -1
}

/**
 * Start of the payload that a sender started after abandoning a previous one in the same frame; 0
 * if there is only one. 0x0B is data (word processors use it as a line break) unless MSH, FHS, BHS
 * or XML follows it.
 */
export const restartIn = (payload: Buffer): number => {
  if (!payload.includes(START)) return 0
  const starts = headers.map((name) => lastHeader(payload, name))
  return Math.max(...starts, payload.lastIndexOf(isXml(payload) ? anyTag : xmlDeclaration)) + 1
}
