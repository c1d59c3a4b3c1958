import { Message } from 'node-hl7-client'
import { asPipes } from '../client/as-pipes.ts'

export type Acknowledgement = {
  /** MSA-1. */
  code: string
  /** MSA-2. */
  controlId: string
  /** MSA-3; empty if not sent. */
  text: string
  /** For each ERR: location, code and text. */
  errors: string[]
}

/**
 * Reads an acknowledgement, with pipes or in XML; of the answer to a batch that came as one, the
 * first message.
 *
 * @param sent  one character for each byte
 * @returns null if it is not an acknowledgement
 */
export const readAcknowledgement = (sent: string): Acknowledgement | null => {
  const text = asPipes(Buffer.from(sent, 'latin1'))
  const start = text.indexOf('MSH')
  if (start === -1) return null
  try {
    const message = new Message({ text: text.slice(start) })
    const code = message.get('MSA.1').toString()
    if (code === '') return null
    return {
      code,
      controlId: message.get('MSA.2').toString(),
      text: message.get('MSA.3').toString(),
      errors: errorsIn(text.slice(start)),
    }
  } catch {
    return null
  }
}

/**
 * ERR-2 is where, ERR-3 why and ERR-5 the application's code; ERR-7 and ERR-8 are text. Before
 * version 2.5, ERR-1 is all three.
 *
 * @see HL7 v2.8 chapter 2.14.5, ERR
 */
const errorsIn = (text: string): string[] => {
  const separator = text[3] ?? '|'
  const segments = text.split(/[\r\n]+/).filter((line) => line.startsWith(`ERR${separator}`))
  return segments.map((line) => {
    const fields = line.split(separator)
    const parts = [2, 3, 5, 7, 8].map((number) => fields[number] ?? '')
    return parts.filter((part) => part !== '').join(' ') || (fields[1] ?? '')
  })
}
