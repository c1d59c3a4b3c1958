import type { EncounterLine, PatientHead } from '@tideway/schemas/documents/head'
import { expect, test } from 'vitest'
import { whereaboutsOf } from './where-now.ts'

const line = (more: Partial<EncounterLine>): EncounterLine => ({
  entry: 'a',
  sortAt: new Date('2026-11-01T00:00:00Z'),
  encounterId: 'a',
  status: 'open',
  patientClass: 'INPATIENT',
  location: null,
  since: null,
  ...more,
})
const head = (encounter: EncounterLine) =>
  ({ id: 'RJZ', organisation: 'RJZ', encounters: [encounter] }) as unknown as PatientHead

test('leave of absence is shown with its time and message', () => {
  const leave = { since: '2026-11-20T10:00:00+00:00', message: 'm1', place: 'EVN[1]' }
  const [now] = whereaboutsOf([head(line({ since: '2026-11-19', leave }))], new Map())
  expect(now?.onLeave).toEqual({ since: leave.since, message: 'm1', segment: 'EVN[1]' })
  expect(whereaboutsOf([head(line({}))], new Map())[0]?.onLeave).toBeNull()
})
