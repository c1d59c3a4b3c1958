import type { EncounterLine, PatientHead } from '@tideway/schemas/documents/head'
import { unsaid } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openEncounters } from './where-now.ts'

const line = (
  entry: string,
  since: string | null,
  more: Partial<EncounterLine> = {},
): EncounterLine => ({
  entry,
  sortAt: new Date('2026-11-01T00:00:00Z'),
  encounterId: entry,
  status: 'open',
  patientClass: 'INPATIENT',
  location: null,
  since,
  ...more,
})
const head = (organisation: string, ...encounters: EncounterLine[]) =>
  ({ id: organisation, organisation, encounters }) as unknown as PatientHead
const order = (...heads: PatientHead[]) =>
  openEncounters(heads).map(({ head: { organisation }, encounter: { since } }) => [
    organisation,
    since,
  ])

test('the newest open encounter is first, across organisations and time offsets', () => {
  expect(
    order(
      head('RJZ', line('a', '2026-11-20T11:00:00+00:00')),
      head('RJ1', line('b', '2026-11-20T11:30:00+01:00')),
    ),
  ).toEqual([
    ['RJZ', '2026-11-20T11:00:00+00:00'],
    ['RJ1', '2026-11-20T11:30:00+01:00'],
  ])
})

const ward = { ...unsaid.Location(), pointOfCare: 'PICU' }
const located = { location: ward }
const first = (...heads: PatientHead[]) => openEncounters(heads)[0]?.encounter.patientClass

test.each(['OUTPATIENT', 'PREADMIT', 'RECURRING', 'DAY', null])(
  'a stay with a known location ranks before a newer encounter of class %s',
  (patientClass) => {
    for (const stay of ['INPATIENT', 'EMERGENCY', 'OBSTETRICS']) {
      const lying = head('RJZ', line('a', '2026-11-01', { ...located, patientClass: stay }))
      expect(
        first(
          head('RJ1', line('b', '2026-11-20T11:00:00+00:00', { ...located, patientClass })),
          lying,
        ),
      ).toBe(stay)
    }
  },
)

test('the newest stay with a location is first; a stay without one ranks only before visits', () => {
  const stay = (entry: string, since: string, more: Partial<EncounterLine>) =>
    head(entry, line(entry, since, more))
  const heads = [
    stay('a', '2026-11-20', { ...located, patientClass: 'OUTPATIENT' }),
    stay('b', '2026-11-19', {}),
    stay('c', '2026-11-01', located),
    stay('d', '2026-11-02', { ...located, patientClass: 'EMERGENCY' }),
  ]
  expect(order(...heads).map(([organisation]) => organisation)).toEqual(['d', 'c', 'b', 'a'])
})

const day = fc.constantFrom(
  '2026-11-20',
  '2026-11-20T00:00:00+00:00',
  '2026-11-21T09:00:00+00:00',
  null,
)
const lines = fc.uniqueArray(
  fc
    .record({
      entry: fc.stringMatching(/^[a-f]{1,2}$/),
      since: day,
      patientClass: fc.constantFrom('INPATIENT', 'EMERGENCY', 'OUTPATIENT', 'PREADMIT', null),
      location: fc.constantFrom(null, ward),
      status: fc.constantFrom('open' as const, 'planned' as const),
    })
    .map(({ entry, since, ...more }) => line(entry, since, more)),
  { selector: ({ entry }) => entry, maxLength: 8 },
)

test('the order of encounters and organisations does not matter, and no visit ranks before a stay with a location', () => {
  fc.assert(
    fc.property(
      lines.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.nat(8)),
      ),
      ([all, others, cut]) => {
        const expected = openEncounters([head('RJZ', ...all)]).map(({ encounter }) => encounter)
        const shuffled = openEncounters([
          head('RJZ', ...others.slice(cut)),
          head('RJZ', ...others.slice(0, cut)),
        ]).map(({ encounter }) => encounter)
        expect(shuffled).toEqual(expected)
        const located = shuffled.map(
          ({ patientClass, location }) =>
            location !== null && ['INPATIENT', 'EMERGENCY'].includes(patientClass ?? ''),
        )
        expect(located).toEqual(located.toSorted((a, b) => Number(b) - Number(a)))
      },
    ),
  )
})

test('a planned encounter is not where the patient is', () => {
  expect(order(head('RJZ', line('a', '2026-12-01', { status: 'planned' })))).toEqual([])
})

test('an encounter whose location has no time counts from its own time', () => {
  expect(order(head('RJZ', line('a', null)), head('RJ1', line('b', '2026-10-31')))).toEqual([
    ['RJZ', null],
    ['RJ1', '2026-10-31'],
  ])
})

test('a class in no table says nothing: who has a bed lies in it, after stays whose class is known', () => {
  const inBed = { location: { ...ward, bed: '4' } }
  const visit = head('RJZ', line('a', '2026-11-20', { ...located, patientClass: 'OUTPATIENT' }))
  const stay = head('RJ1', line('b', '2026-11-01', { ...inBed, patientClass: 'WARDATT' }))
  expect(first(visit, stay)).toBe('WARDATT')
  expect(first(visit, head('RJ1', line('b', '2026-11-01', { ...inBed, patientClass: null })))).toBe(
    null,
  )
  const known = head('RJ2', line('c', '2026-10-01', { ...located, patientClass: 'INPATIENT' }))
  expect(first(visit, stay, known)).toBe('INPATIENT')
  const outpatient = head('RJ3', line('d', '2026-11-21', { ...inBed, patientClass: 'OUTPATIENT' }))
  expect(first(outpatient, stay)).toBe('WARDATT')
})
