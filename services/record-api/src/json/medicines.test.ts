import { readFileSync } from 'node:fs'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import type { Entry } from '@tideway/schemas/documents/entry'
import { type EventBody, type PatientEvent, unsaid } from '@tideway/schemas/events.generated'
import { whole } from '@tideway/schemas/complete-event.fixture'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { eventsOf } from '../events.fixture.ts'
import { answerOf } from './schema/stored-answer.fixture.ts'
import { type MedicineAnswer, MedicineList, medicinesOf } from './medicines.ts'

const answer = answerOf<MedicineAnswer[]>(MedicineList)

type Sample = { events: Pick<PatientEvent, 'patientKey' | 'place' | 'body'>[] }
const sample = (name: string) =>
  (
    JSON.parse(
      readFileSync(new URL(`../../../${name}.expected.json`, import.meta.url), 'utf8'),
    ) as Sample
  ).events

const folded = (told: readonly Pick<PatientEvent, 'patientKey' | 'place' | 'body'>[]): Entry[] => {
  const event = eventsOf(Date.UTC(2026, 6, 3))
  const entries = new Map<string, Entry>()
  for (const { patientKey, place, body } of told) {
    const each = event('X99', patientKey, place, whole(body))
    const id = entryIdIn(each)
    const entry = id === null ? null : evolveEntry(entries.get(id) ?? null, each)
    if (entry !== null) entries.set(entry._id, entry)
  }
  return [...entries.values()].toSorted((a, b) => b.sortAt.getTime() - a.sortAt.getTime())
}
const shownOf = (told: Parameters<typeof folded>[0]) => {
  const entries = folded(told)
  const of = (kind: string) => entries.filter((entry) => entry.kind === kind)
  const medicines = answer(medicinesOf(of('prescription'), of('dispense'), of('administration')))
  expect([...Value.Errors(MedicineList, medicines)]).toEqual([])
  return medicines
}
const messages = (...names: string[]) =>
  shownOf(names.flatMap((name) => sample(`hl7-ingest/samples/x99/${name}`)))

test('ordered (OMP), dispensed (RDS) and given (RAS) are one line', () => {
  const medicines = messages('omp-o09', 'rds-o13', 'ras-o17')
  expect(medicines).toHaveLength(1)
  const [medicine] = medicines
  expect([
    medicine?.prescribed?.status,
    medicine?.dispensed.length,
    medicine?.given.map(({ status }) => status),
  ]).toEqual(['active', 1, ['not-given', 'completed']])
  expect(medicine?.line).toMatch(
    /^Paracetamol 120mg\/5ml oral suspension.*; PRESCRIBED active 2026-07-01T09:00.*; DISPENSED, as Paracetamol 250mg\/5ml oral suspension, reported 2026-07-01T10:55.*; GIVEN, as Paracetamol 250mg\/5ml oral suspension, not-given 2026-07-01T18:00.* \(2 in all\)$/,
  )
})

test('messages may arrive in any order', () => {
  const [one] = messages('ras-o17', 'rds-o13', 'omp-o09')
  expect([one?.prescribed?.status, one?.dispensed.length, one?.given.length]).toEqual([
    'active',
    1,
    2,
  ])
})

const key = 'X99|1'
const coded = { ...unsaid.Coded(), text: 'amoxicillin' }
const at = (patientKey: string, body: EventBody) => ({
  patientKey,
  place: 'MedicationRequest',
  body,
})
const prescribed: EventBody = {
  ...unsaid.MedicationPrescribed(),
  prescriptionId: 'P1',
  kind: 'prescription',
  medication: coded,
  status: 'active',
}
const dispensed: EventBody = {
  ...unsaid.MedicationDispensed(),
  dispenseId: 'D1',
  prescriptionId: 'P1',
  medication: coded,
  status: 'completed',
}
const given = (administrationId: string, prescriptionId: string | null): EventBody => ({
  ...unsaid.MedicationGiven(),
  administrationId,
  prescriptionId,
  medication: coded,
  status: 'completed',
})

test('FHIR MedicationRequest, MedicationDispense and MedicationAdministration of one request are one line', () => {
  expect(
    shownOf([at(key, prescribed), at(key, dispensed), at(key, given('A1', 'P1'))]).map(
      ({ line }) => line,
    ),
  ).toEqual(['amoxicillin; PRESCRIBED active; DISPENSED completed; GIVEN completed'])
})

test('facts are combined by order number only, and never across patients', () => {
  const medicines = shownOf([
    at(key, prescribed),
    at('X99|2', given('A1', 'P1')),
    at(key, given('A2', null)),
    at(key, given('A3', null)),
  ])
  expect(medicines.map(({ order, given: some }) => `${order} ${some.length}`).toSorted()).toEqual([
    'P1 0',
    'P1 1',
    'undefined 1',
    'undefined 1',
  ])
})

test('a fact entered in error is shown and does not change the name or status of the others', () => {
  const wrong: EventBody = {
    ...dispensed,
    dispenseId: 'D2',
    status: 'entered-in-error',
    medication: { ...coded, text: 'atenolol' },
    dispensedAt: '2026-07-02',
  }
  const right: EventBody = { ...dispensed, dispensedAt: '2026-07-01' }
  const [both] = shownOf([at(key, prescribed), at(key, right), at(key, wrong)])
  expect([both?.line, both?.dispensed.map(({ status }) => status)]).toEqual([
    'amoxicillin; PRESCRIBED active; DISPENSED completed 2026-07-01',
    ['entered-in-error', 'completed'],
  ])
  const [order] = shownOf([
    at(key, {
      ...prescribed,
      medication: { ...coded, text: 'atenolol' },
      status: 'entered-in-error',
    } as EventBody),
    at(key, right),
  ])
  expect(order?.line).toBe(
    'amoxicillin; PRESCRIBED entered-in-error; DISPENSED completed 2026-07-01',
  )
  expect(shownOf([at(key, wrong)]).map(({ line }) => line)).toEqual([
    'atenolol; DISPENSED entered-in-error 2026-07-02',
  ])
})
