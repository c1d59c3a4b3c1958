import type { EncounterLine, PatientHead } from '@tideway/schemas/documents/head'
import { expect, test } from 'vitest'
import { whereaboutsOf } from './where-now.ts'

const line = (entry: string, since: string | null, more: Partial<EncounterLine> = {}): EncounterLine => ({
  entry,
  sortAt: new Date('2026-11-01T00:00:00Z'),
  encounterId: entry,
  status: 'open',
  patientClass: 'INPATIENT',
  location: null,
  since,
  ...more,
})
const head = (organisation: string, ...encounters: EncounterLine[]) => ({ id: organisation, organisation, encounters }) as unknown as PatientHead
const order = (...heads: PatientHead[]) => whereaboutsOf(heads, new Map()).map(({ organisation, since }) => [organisation, since])

test('the newest open one first, across organisations and offsets', () => {
  expect(order(head('RJZ', line('a', '2026-11-20T11:00:00+00:00')), head('RJ1', line('b', '2026-11-20T11:30:00+01:00')))).toEqual([
    ['RJZ', '2026-11-20T11:00:00+00:00'],
    ['RJ1', '2026-11-20T11:30:00+01:00'],
  ])
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
