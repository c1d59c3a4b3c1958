import { Message } from 'node-hl7-client'
import { asPipes } from '../client/as-pipes.ts'

/** What an answer says: MSA-1, MSA-2, and the words and places of its ERR segments. */
export type Answer = { code: string; controlId: string; errors: string }

/**
 * Reads an acknowledgement, with pipes or in XML; the answer to a batch sent as one is read by its
 * first message.
 *
 * @param sent  a character a byte
 * @returns null if it is no acknowledgement
 */
export const readAnswer = (sent: string): Answer | null => {
  const text = asPipes(Buffer.from(sent, 'latin1'))
  const start = text.indexOf('MSH')
  if (start === -1) return null
  try {
    const message = new Message({ text: text.slice(start) })
    const code = message.get('MSA.1').toString()
    return code === ''
      ? null
      : { code, controlId: message.get('MSA.2').toString(), errors: errorsIn(text, message) }
  } catch {
    return null
  }
}

const errorsIn = (text: string, message: Message): string => {
  const separator = text[text.indexOf('MSH') + 3] ?? '|'
  const segments = text.split(/[\r\n]+/).filter((line) => line.startsWith(`ERR${separator}`))
  const fields = segments.map((line) => line.split(separator))
  const words = fields.map((field) =>
    [field[2], field[3], field[8] ?? field[7]]
      .filter((part) => part !== undefined && part !== '')
      .join(' '),
  )
  return words.join('; ') || message.get('MSA.3').toString()
}
