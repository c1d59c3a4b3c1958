import { readFileSync } from 'node:fs'
import { patient, read, system } from '@tideway/fhir-ingest/sender.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { eventsOf, hl7, receivedAs } from './said-later.fixture.ts'
import { recordIn, stored } from './withdrawn-record.fixture.ts'

const sample = (name: string, nth: number): PatientEvent[] =>
  eventsOf(
    readFileSync(
      new URL(`../../../hl7-ingest/samples/x99/adt-${name}.hl7`, import.meta.url),
      'latin1',
    ),
    receivedAs(nth),
  )

/** By patient key, whether the record of that source patient alone says that a merge is missing. */
const saidAlone = (...messages: PatientEvent[][]): Record<string, boolean> => {
  const documents = stored(...messages)
  return Object.fromEntries(
    [...documents.heads].map(([key, head]) => {
      const { complete, completeness } = recordIn({ ...documents, heads: new Map([[key, head]]) })
      const isSaid = completeness.reasons.some(({ code }) => code === 'merge-not-followed')
      if (isSaid) expect([complete, completeness.state]).toEqual([false, 'incomplete'])
      return [key, isSaid]
    }),
  )
}

const ofTwo = ['a18', 'a24', 'a30', 'a34', 'a36', 'a39', 'a40', 'a43', 'a44', 'a45', 'a46', 'a47']

test.each([...ofTwo, 'a40-two-groups'])(
  '%s: the records of all patients of the message say that it is not followed, in any order of arrival',
  (name) => {
    const told = sample(name, 0)
    const keys = [...new Set(told.map(({ patientKey }) => patientKey))]
    expect(keys.length).toBeGreaterThan(1)
    for (const order of [told, told.toReversed()])
      expect(saidAlone(order)).toEqual(Object.fromEntries(keys.map((key) => [key, true])))
  },
)

test.each(['a35', 'a41', 'a42', 'a50'])('%s: a merge of visits is not followed either', (name) => {
  expect(Object.values(saidAlone(sample(name, 0)))).toContain(true)
})

test.each(['a48', 'a49', 'a51'])('%s: a number that keys nothing hides nothing', (name) => {
  expect(Object.values(saidAlone(sample(name, 0)))).not.toContain(true)
})

const aboutTwo = (trigger: string, at: string, nth: number) =>
  eventsOf(
    hl7(
      `ADT^${trigger}`,
      at,
      `C${nth}`,
      `EVN|${trigger}|${at}`,
      'PID|1||1^^^X99^MR||Testcase^Ada||19700101|F',
      'PID|2||2^^^X99^MR||Testcase^Ada||19700101|F',
    ),
    receivedAs(nth),
  )

test('an unlink (A37) clears a link (A24) of the same two, whichever arrives first; a link after it counts', () => {
  const linked = aboutTwo('A24', '20261101100000', 0)
  const unlinked = aboutTwo('A37', '20261102100000', 1)
  const again = aboutTwo('A24', '20261103100000', 2)
  const both = (isSaid: boolean) => ({ 'X99|1': isSaid, 'X99|2': isSaid })
  expect(saidAlone(linked)).toEqual(both(true))
  for (const order of [
    [linked, unlinked],
    [unlinked, linked],
  ])
    expect(saidAlone(...order)).toEqual(both(false))
  expect(saidAlone(again, unlinked, linked)).toEqual(both(true))
})

test.each(['replaces', 'replaced-by', 'seealso', 'refer'])(
  'FHIR Patient.link %s: both records say so',
  (type) => {
    const other = { identifier: { system: system('X99'), value: 'B2' } }
    const { events } = read(patient('A1', { link: [{ type, other }] }))
    expect(saidAlone(events)).toEqual({ 'X99|A1': true, 'X99|B2': true })
  },
)
