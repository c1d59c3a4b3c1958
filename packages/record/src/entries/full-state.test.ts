import type { Encounter } from '@tideway/schemas/documents/entry'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at as minuteOf, coded, event, visit, ward } from './histories.fixture.ts'
import { statedBy } from './statement-version.ts'
import { evolveEncounter } from './encounter/encounter.ts'
import type { EncounterEvent } from './encounter/encounter-event.ts'

const at = '2026-07-01T09:00:00Z'
const place = 'Bundle.entry[0].resource'
const admitted = visit('PatientAdmitted', at, { location: ward('ED'), reason: coded('A', 'Fall') })
const moved = visit('PatientTransferred', '2026-07-01T10:00:00Z', { location: ward('PICU') })
const without = visit('PatientAdmitted', at)
const discharged = visit('PatientDischarged', '2026-07-01T12:00:00Z')
const cancelled = visit('AdmissionCancelled', at)

type Told = [version: number, place: string, EncounterEvent]

/** Folded as told and in the other order: it must be the same. */
const given = (...told: Told[]): Encounter => {
  const events = told.map(([version, where, body]) => event(body, version, { place: where }))
  const fold = (all: typeof events) =>
    all.reduce<Encounter | null>(
      (before, each) => evolveEncounter(before, each.body as EncounterEvent, statedBy(each), 'RJZ'),
      null,
    )
  expect(fold(events.toReversed())).toEqual(fold(events))
  return fold(events) as Encounter
}
const seen = ({ stays, movements, location, status, details }: Encounter) => ({
  stays: stays.map((stay) => stay.location.pointOfCare),
  movements: movements.length,
  location: location?.pointOfCare ?? null,
  status,
  saysWhy: details.some(({ fields }) => fields.reason != null),
})

test('a later version of an Encounter stands in the place of the earlier ones: what it leaves out is no longer so', () => {
  const first: Told[] = [
    [1, place, admitted],
    [1, `${place}.location[1]`, moved],
  ]
  expect(seen(given(...first))).toEqual({
    stays: ['ED', 'PICU'],
    movements: 2,
    location: 'PICU',
    status: 'open',
    saysWhy: true,
  })
  expect(seen(given(...first, [2, place, without]))).toEqual({
    stays: [],
    movements: 1,
    location: null,
    status: 'open',
    saysWhy: false,
  })
})

test('a hundred versions leave as many movements as one, and a discharge that a later version does not know did not happen', () => {
  const versions = Array.from({ length: 100 }, (_, version): Told => [version + 2, place, admitted])
  expect(
    seen(given([1, place, admitted], [1, `${place}.period.end`, discharged], ...versions)),
  ).toMatchObject({ movements: 1, location: 'ED', status: 'open' })
})

test('a cancellation leaves what it cancels to be seen', () => {
  const encounter = given([1, place, admitted], [2, place, cancelled])
  expect([
    encounter.status,
    encounter.stays.map((stay) => [stay.location.pointOfCare, stay.cancelled]),
  ]).toEqual(['cancelled', [['ED', true]]])
})

test('cancelled again and again leaves one cancellation', () => {
  const again = Array.from({ length: 50 }, (_, version): Told => [version + 2, place, cancelled])
  expect(seen(given([1, place, admitted], ...again))).toMatchObject({
    movements: 2,
    status: 'cancelled',
  })
})

test('a step of HL7 v2 replaces nothing and is not replaced', () => {
  expect(
    seen(given([1, 'PV1[1]', admitted], [2, 'PV1[1]', moved], [3, place, without])),
  ).toMatchObject({ stays: ['ED', 'PICU'], movements: 3 })
})

test('a version that says no more than that the status is unknown leaves what is known; the next one that says more stands in the place of all', () => {
  const unknown: Told = [2, place, visit('VisitUpdated', at)]
  expect(seen(given([1, place, admitted], unknown))).toEqual({
    stays: ['ED'],
    movements: 1,
    location: 'ED',
    status: 'open',
    saysWhy: true,
  })
  expect(
    seen(given([1, place, admitted], [1, `${place}.period.end`, discharged], unknown)),
  ).toMatchObject({ stays: ['ED'], status: 'closed', saysWhy: true })
  expect(seen(given([1, place, admitted], unknown, [3, place, without]))).toMatchObject({
    stays: [],
    status: 'open',
    saysWhy: false,
  })
  expect(seen(given(unknown))).toMatchObject({ stays: [], location: null, status: 'unknown' })
})

test('where such a version says that the patient is, he is, if nobody else told where he was', () => {
  const elsewhere = visit('VisitUpdated', at, { location: ward('PICU') })
  const versions = Array.from({ length: 50 }, (_, version): Told => [version + 2, place, elsewhere])
  expect(seen(given([1, place, admitted], ...versions))).toEqual({
    stays: ['ED', 'PICU'],
    movements: 2,
    location: 'PICU',
    status: 'open',
    saysWhy: true,
  })
  expect(
    seen(given([1, place, admitted], [2, place, elsewhere], [3, place, without])),
  ).toMatchObject({ stays: [], movements: 1 })
  expect(seen(given([2, place, elsewhere], [3, 'PV1[1]', admitted]))).toMatchObject({
    stays: ['ED'],
    location: 'ED',
  })
})

/**
 * Steps of HL7 v2 and versions of a FHIR Encounter, of the visit's own organisation and of another.
 */
const told = fc.record({
  type: fc.constantFrom<EncounterEvent['type']>(
    'PatientAdmitted',
    'VisitUpdated',
    'AdmissionCancelled',
    'PatientTransferred',
  ),
  place: fc.constantFrom('PV1[1]', 'Encounter', 'Bundle.entry[0].resource'),
  source: fc.constantFrom('RJZ', 'XL1'),
  location: fc.constantFrom(null, 'ED', 'PICU'),
  reason: fc.constantFrom(null, 'A', 'B'),
  service: fc.constantFrom(null, '100'),
})
const histories = fc.array(told, { minLength: 1, maxLength: 8 }).map((all) =>
  all.map(({ type, place, source, location, reason, service }, n) =>
    event(
      visit(type, minuteOf(n), {
        location: location === null ? null : ward(location),
        reason: reason === null ? null : coded(reason),
        service,
      }),
      n,
      { place, source },
    ),
  ),
)
const inAnyOrder = histories.chain((all) =>
  fc.tuple(
    fc.constant(all),
    fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
  ),
)
const foldAll = (all: ReturnType<typeof event>[]) =>
  all.reduce<Encounter | null>(
    (before, each) => evolveEncounter(before, each.body as EncounterEvent, statedBy(each), 'RJZ'),
    null,
  )

test('steps of HL7 v2 and versions of FHIR of one visit end in the same encounter in whatever order they come', () => {
  fc.assert(
    fc.property(inAnyOrder, ([all, arriving]) => {
      expect(foldAll(arriving)).toEqual(foldAll(all))
    }),
    { numRuns: 3_000 },
  )
})
