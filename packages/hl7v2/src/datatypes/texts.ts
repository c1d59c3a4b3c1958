import { decoded, repetitions } from '../lexer/fields.ts'
import type { Segment } from '../lexer/message.ts'

/** Text of every repetition of a field, in order; empty ones are left out. */
export const readTexts = (segment: Segment, field: number): string[] =>
  repetitions(segment, field)
    .map((one) => decoded(segment.message, one))
    .filter((one) => one !== null)
