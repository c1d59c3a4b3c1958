import { unsaid } from '@tideway/schemas/events.generated'
import type { TSchema } from 'typebox'
import { eventFields } from './event-schema.ts'

export type More = Record<string, unknown>

/** Schema, names and values of the fields of a record that are answered under `more`. */
type Rest = {
  fields: Record<string, TSchema>
  names: readonly string[]
  of: (said: object) => More
}

export const saysNothing = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

/**
 * The fields of a record of the events that have no place of their own in an answer. What a later
 * schema adds is among them, so that nothing a message says is left out because nobody thought of
 * it here.
 *
 * @param elsewhere  fields that are answered under a name of their own
 * @param notShown   fields that are not answered, and why
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

/** Whether any field says anything. */
export const saysAny = (more: More): boolean => !Object.values(more).every(saysNothing)
