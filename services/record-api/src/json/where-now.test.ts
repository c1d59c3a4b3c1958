import type { EncounterLine, PatientHead } from '@tideway/schemas/documents/head'
import { unsaid } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { whereaboutsOf } from './where-now.ts'

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
  whereaboutsOf(heads, new Map()).map(({ organisation, since }) => [organisation, since])

test('the newest open one first, across organisations and offsets', () => {
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
const first = (...heads: PatientHead[]) => whereaboutsOf(heads, new Map())[0]?.patientClass

test.each(['OUTPATIENT', 'PREADMIT', 'RECURRING', 'DAY', null])(
  'a stay whose place is known comes before a newer one of class %s',
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

test('between stays the newest counts; one whose place is not known comes before visits only', () => {
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

test('in whatever order encounters and organisations come the answer is the same, and no visit is before a stay whose place is known', () => {
  fc.assert(
    fc.property(
      lines.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.nat(8)),
      ),
      ([all, others, cut]) => {
        const told = whereaboutsOf([head('RJZ', ...all)], new Map()).map(
          ({ encounter }) => encounter,
        )
        const again = whereaboutsOf(
          [head('RJZ', ...others.slice(cut)), head('RJZ', ...others.slice(0, cut))],
          new Map(),
        )
        expect(again.map(({ encounter }) => encounter)).toEqual(told)
        const lying = again.map(
          ({ patientClass, location }) =>
            location !== null && ['INPATIENT', 'EMERGENCY'].includes(patientClass ?? ''),
        )
        expect(lying).toEqual(lying.toSorted((a, b) => Number(b) - Number(a)))
      },
    ),
  )
})

test('a planned one is not where anybody is', () => {
  expect(order(head('RJZ', line('a', '2026-12-01', { status: 'planned' })))).toEqual([])
})

test('without a time in the place, the beginning of the encounter counts', () => {
  expect(order(head('RJZ', line('a', null)), head('RJ1', line('b', '2026-10-31')))).toEqual([
    ['RJZ', null],
    ['RJ1', '2026-10-31'],
  ])
})

test('who is on leave is shown as on leave', () => {
  const leave = { since: '2026-11-20T10:00:00+00:00', message: 'm1', place: 'EVN[1]' }
  const [now] = whereaboutsOf([head('RJZ', line('a', '2026-11-19', { leave }))], new Map())
  expect(now?.onLeave).toEqual({ since: leave.since, message: 'm1', segment: 'EVN[1]' })
  expect(whereaboutsOf([head('RJZ', line('a', null))], new Map())[0]?.onLeave).toBeNull()
})
