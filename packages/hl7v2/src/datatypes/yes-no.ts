import { markUnusable, text } from '../lexer/fields.ts'
import type { Segment } from '../lexer/message.ts'

const answers: ReadonlyMap<string, boolean> = new Map([
  ...['Y', 'YES', 'TRUE'].map((word) => [word, true] as const),
  ...['N', 'NO', 'FALSE'].map((word) => [word, false] as const),
])

/**
 * HL7 table 0136, and the words senders use instead, in any case. Any other value is null, and
 * listed as unused.
 */
export const readYesNo = (segment: Segment, field: number): boolean | null => {
  const answer = text(segment, field)
  if (answer === null) return null
  const known = answers.get(answer) ?? answers.get(answer.toUpperCase())
  if (known !== undefined) return known
  markUnusable(segment, field)
  return null
}
