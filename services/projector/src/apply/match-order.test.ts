import type { Entry, Statement } from '@tideway/schemas/documents/entry'
import { type EventBody, type PatientEvent, unsaid } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrivalOf } from '../consume/consume.ts'
import { folds } from './apply-events.ts'
import { coded, event } from '@tideway/record/entries/histories.fixture'
import { project } from './project.ts'
import { membersTouchedBy, touchedBy } from './touched.ts'

const medicine = (
  control: string | null,
  prescriptionId: string,
  code: string | null,
): EventBody => ({
  ...unsaid.MedicationPrescribed(),
  kind: 'prescription',
  prescriptionId,
  control,
  medication: code === null ? null : coded(code),
})
const request = (control: string, requestId: string, code: string): EventBody => ({
  ...unsaid.RequestReported(),
  requestId,
  control,
  service: coded(code),
})

const arrival = (of: PatientEvent, offset: number) =>
  arrivalOf({
    offset,
    key: of.patientKey,
    value: of,
    record: Buffer.of(offset),
    header: () => null,
    timestamp: 0,
  })

/** Applies events one by one, each with only the stored documents it requested. */
const entriesAfter = (events: readonly PatientEvent[]): Entry[] => {
  const stored = new Map<string, Entry>()
  events.forEach((one, offset) => {
    const arrivals = [arrival(one, offset)]
    const at = (ids: readonly string[]) =>
      ids.flatMap((id) => (stored.has(id) ? [[id, stored.get(id) as Entry] as const] : []))
    const touched = new Map(at(touchedBy(arrivals).entries))
    const entries = new Map([...touched, ...at(membersTouchedBy(arrivals, touched))])
    for (const entry of project(
      0,
      arrivals,
      { heads: new Map(), entries, applied: new Map(), held: new Map() },
      folds,
      new Date(0),
    )[0]?.entries ?? [])
      stored.set(entry._id, entry)
  })
  return [...stored.values()]
}
const eventsOf = (...bodies: EventBody[]): PatientEvent[] =>
  bodies.map((body, minute) => event(body, minute, { place: `ORC[${minute}]` }))
const statesOf = (events: readonly PatientEvent[]) =>
  entriesAfter(events).map(
    ({ data }) =>
      `${(data as unknown as Statement<'prescription'>).key} ${(data as unknown as Statement<'prescription'>).status}`,
  )

test('a message that stops one order finds the order that shared its number with others', () => {
  expect(
    statesOf(
      eventsOf(medicine('NW', 'P1^A', 'A'), medicine('NW', 'P1^B', 'B'), medicine('DC', 'P1', 'A')),
    ),
  ).toEqual(['P1^A stopped', 'P1^B active'])
  expect(
    statesOf(
      eventsOf(request('NW', 'R1^A', 'A'), request('NW', 'R1^B', 'B'), request('CA', 'R1', 'B')),
    ),
  ).toEqual(['R1^A active', 'R1^B cancelled'])
})

test('a message with several orders finds one sent alone', () => {
  expect(
    statesOf(
      eventsOf(medicine('NW', 'P1', 'A'), medicine('DC', 'P1^A', 'A'), medicine('NW', 'P1^B', 'B')),
    ),
  ).toEqual(['P1 stopped', 'P1^B active'])
})

test('either order of messages gives the same entries', () => {
  const all = eventsOf(
    medicine('NW', 'P1^A', 'A'),
    medicine('NW', 'P1^B', 'B'),
    medicine('XO', 'P1', 'A'),
    medicine('DC', 'P1', 'A'),
  )
  const content = (events: readonly PatientEvent[]) =>
    entriesAfter(events)
      .map(({ data }) =>
        JSON.stringify([
          (data as unknown as Statement).status,
          (data as unknown as Statement).reported.map((one) => ({ ...one, prescriptionId: null })),
        ]),
      )
      .toSorted()
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(content(shuffled)).toEqual(content(all))
    }),
  )
})

test('an order for another service, without a service, or not from HL7 v2 keeps its own key', () => {
  const both = [medicine('NW', 'P1^A', 'A'), medicine('NW', 'P1^B', 'B')]
  const rest = ['P1^A active', 'P1^B active']
  expect(statesOf(eventsOf(...both, medicine('DC', 'P1', 'C')))).toEqual([...rest, 'P1 stopped'])
  expect(statesOf(eventsOf(...both, medicine('DC', 'P1', null)))).toEqual([...rest, 'P1 stopped'])
  expect(statesOf(eventsOf(...both, medicine('DC', 'P2', 'A')))).toEqual([...rest, 'P2 stopped'])
  expect(statesOf(eventsOf(...both, medicine(null, 'P1', 'A')))).toEqual([...rest, 'P1 unknown'])
})

test('a repeated event applies to the same entry', () => {
  const events = eventsOf(
    medicine('NW', 'P1^A', 'A'),
    medicine('NW', 'P1^B', 'B'),
    medicine('DC', 'P1', 'A'),
  )
  expect(statesOf([...events, ...events])).toEqual(statesOf(events))
})
