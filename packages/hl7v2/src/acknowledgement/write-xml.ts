import { delimitersOf, usualDelimiters } from '../lexer/delimiters.ts'
import { componentsOf, decoded, subcomponentsOf } from '../lexer/fields.ts'
import { assemble, type Hl7Message, type Segment } from '../lexer/message.ts'

/** Data types of the acknowledgement fields with components. HL7 v2.4 and v2.5.1 chapter 2. */
const types: Record<string, string> = {
  'MSH.3': 'HD',
  'MSH.4': 'HD',
  'MSH.5': 'HD',
  'MSH.6': 'HD',
  'MSH.7': 'TS',
  'MSH.9': 'MSG',
  'MSH.11': 'PT',
  'MSH.12': 'VID',
  'ERR.1': 'ELD',
  'ERR.2': 'ERL',
  'ERR.3': 'CWE',
  'ELD.4': 'CE',
}
/** Versions since 2.6, where a time has no components. */
const timeIsText = new Set(['2.6', '2.7', '2.7.1', '2.8', '2.8.1', '2.8.2', '2.9'])

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Characters that XML 1.0 forbids; U+FFFD replaces them. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const textOf = (text: string): string =>
  text.replaceAll(forbidden, '\ufffd').replaceAll(/[&<>"]/g, (mark) => marks[mark] as string)

/**
 * An acknowledgement in the XML encoding: `<ACK><MSH>...`. MSH.18 is left out, because the XML
 * declaration states the character set.
 *
 * @param segments  of the acknowledgement with delimiters, MSH first
 * @see HL7 Version 2: XML Encoding Syntax, release 2
 */
export const writeXml = (segments: readonly string[]): string => {
  const msh = segments[0] as string
  const delimiters = delimitersOf(msh.charAt(3), msh.slice(4, 8)) ?? usualDelimiters
  const rows = segments.map((segment) => segment.split(delimiters.field))
  rows[0]?.splice(1, 0, delimiters.field)
  const message = assemble(rows, delimiters, 'utf-8', true)
  const version = rows[0]?.[12] ?? ''
  const written = message.segments.map((segment) => writeSegment(segment, timeIsText.has(version)))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ACK xmlns="urn:hl7-org:v2xml">${written.join('')}</ACK>\n`
}

const writeSegment = (segment: Segment, plainTime: boolean): string => {
  const { name, fields, message } = segment
  const written = fields.map((field, number) => {
    const element = `${name}.${number}`
    if (number === 0 || field === '' || element === 'MSH.18') return ''
    if (name === 'MSH' && number <= 2) return `<${element}>${textOf(field)}</${element}>`
    const type = element === 'MSH.7' && plainTime ? undefined : types[element]
    return `<${element}>${type === undefined ? writeText(message, field) : writeParts(message, type, componentsOf(message, field))}</${element}>`
  })
  return `<${name}>${written.join('')}</${name}>`
}

const writeText = (message: Hl7Message, text: string | undefined): string =>
  textOf(decoded(message, text) ?? '')

const writeParts = (message: Hl7Message, type: string, parts: readonly string[]): string =>
  parts
    .map((part, index) => {
      const element = `${type}.${index + 1}`
      const own = types[element]
      if (part === '') return ''
      return `<${element}>${own === undefined ? writeText(message, part) : writeParts(message, own, subcomponentsOf(message, part))}</${element}>`
    })
    .join('')
