import { unsaid } from '@tideway/schemas/events.generated'
import type { TSchema } from 'typebox'
import { eventFields } from './event-schema.ts'

export type More = Record<string, unknown>

/** The fields of an event that an answer holds under `more`: schema, names and values. */
type Rest = {
  fields: Record<string, TSchema>
  names: readonly string[]
  of: (said: object) => More
}

export const saysNothing = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

/**
 * The fields of an event that have no field of their own in an answer. A field that a later event
 * version adds is among them, so nothing is left out by omission.
 *
 * @param elsewhere  fields with a field of their own in the answer
 * @param notShown   fields that are not in the answer, each with the reason
 */
export const restOf = (
  record:
    | 'Visit'
    | 'PatientDetailsReported'
    | 'ResultReported'
    | 'Observation'
    | 'DocumentReported',
  elsewhere: readonly string[],
  notShown: Readonly<Record<string, string>>,
): Rest => {
  const fields = eventFields(record, null, [...elsewhere, ...Object.keys(notShown)])
  const names = Object.keys(fields)
  const nothing = unsaid[record]() as Record<string, unknown>
  return {
    fields,
    names,
    of: (said) =>
      Object.fromEntries(
        names.map((name) => [
          name,
          (said as Record<string, unknown>)[name] ?? nothing[name] ?? null,
        ]),
      ),
  }
}

/** Whether any field has a value. */
export const saysAny = (more: More): boolean => !Object.values(more).every(saysNothing)
