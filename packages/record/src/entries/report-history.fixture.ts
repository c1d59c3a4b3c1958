import type { Report } from '@tideway/schemas/documents/entry'
import type { Observation, PatientEvent, ResultReported } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect } from 'vitest'
import { evolveEntry } from './entry.ts'
import { event, observation, result } from './histories.fixture.ts'

type Entry = NonNullable<ReturnType<typeof evolveEntry>>

export const folded = (events: readonly PatientEvent[]): Entry =>
  events.reduce<Entry | null>(evolveEntry, null) as Entry

/** The report after these; the same in every order and when each comes twice. */
export const given = (...events: PatientEvent[]): Report => {
  const entry = folded(events)
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...events, ...events], {
        minLength: 2 * events.length,
        maxLength: 2 * events.length,
      }),
      (some) => {
        expect(folded(some)).toEqual(entry)
      },
    ),
    { numRuns: 20 },
  )
  return entry.data as Report
}

export const told = (key: string, code: string | null, value: string | null, place = 'OBX[1]') =>
  observation(code, value, { key, place })

/** @param sent  minute of the message */
export const oru = (
  sent: number,
  status: string | null,
  observations: Observation[],
  more: Partial<ResultReported> = {},
  place = 'OBR[1]',
): PatientEvent => event(result(observations, { status, ...more }), sent, { place })

export const resource = (sent: number, status: string, observations: Observation[]): PatientEvent =>
  oru(
    sent,
    status,
    observations.map((one) => ({ ...one, place: `Bundle.entry[${one.key.length}].resource` })),
    {},
    'Bundle.entry[9].resource',
  )

export const shown = ({ observations }: Report) =>
  Object.fromEntries(
    observations.map(({ key, status, valueFrom, reported, notCurrent }) => [
      key,
      [status, valueFrom === null ? null : reported[valueFrom]?.value, notCurrent].filter(
        (part) => part !== undefined,
      ),
    ]),
  )
