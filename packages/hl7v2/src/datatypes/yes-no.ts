import { markUnusable, text } from '../lexer/fields.ts'
import type { Segment } from '../lexer/message.ts'

/** HL7 table 0136; any other value is null, and listed as unused. */
export const readYesNo = (segment: Segment, field: number): boolean | null => {
  const answer = text(segment, field)
  if (answer === 'Y' || answer === 'N') return answer === 'Y'
  if (answer !== null) markUnusable(segment, field)
  return null
}
