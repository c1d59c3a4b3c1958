import { componentsOf, repetitions } from '@tideway/hl7v2/lexer/fields'
import type { Coded } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { codedAt } from './ce.ts'

/** Codes of every repetition of a field, in order, empty ones left out. */
export const readCodedList = (segment: Segment, field: number): Coded[] => {
  const found: Coded[] = []
  for (const repetition of repetitions(segment, field)) {
    const one = codedAt(segment, field, componentsOf(segment.message, repetition))
    if (one !== null) found.push(one)
  }
  return found
}
