import { markUnusable } from '@tideway/hl7v2/lexer/fields'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import type { Practitioner } from '@tideway/schemas/events.generated'
import { readPractitioners } from './xcn.ts'

/**
 * Practitioners known from another field, and anyone else in this one. Details in this field that
 * differ for the same person are listed as unused.
 *
 * @param asSent  the other field, undecoded
 */
export const withOthers = (
  known: readonly Practitioner[],
  segment: Segment,
  field: number,
  asSent: string | undefined,
): Practitioner[] => {
  const named = readPractitioners(segment, field)
  const others = named.filter(
    (one) =>
      !known.some(
        ({ identifier, family }) => identifier === one.identifier && family === one.family,
      ),
  )
  if (others.length < named.length && segment.fields[field] !== asSent) markUnusable(segment, field)
  return [...known, ...others]
}
