import type { Coded } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCodes } from './ce.ts'

/** A code as readable text: its text, else the code; with both, the code in brackets. */
const wordsOf = ({ code, text, alternateCode, alternateText }: Coded): string => {
  const [word, sent] = [text ?? alternateText, code ?? alternateCode]
  return word === null ? (sent ?? '') : sent === null || sent === word ? word : `${word} (${sent})`
}

/** A coded field that senders fill with free text, one text per repetition. */
export const readWords = (segment: Segment, field: number): string[] =>
  readCodes(segment, field).map(wordsOf)

/**
 * The same as one text, a line per repetition, for a field that is text in older versions and a
 * code in newer ones; null if it is empty.
 */
export const readLines = (segment: Segment, field: number): string | null =>
  readWords(segment, field).join('\n') || null
