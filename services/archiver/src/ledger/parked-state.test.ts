import { expect, test } from 'vitest'
import { type ParkedRecord, parkedState } from './parked-state.ts'

const record = (
  state: ParkedRecord['state'],
  seconds: number,
  by: string | null = null,
): ParkedRecord => ({
  messageId: 'm',
  eventId: null,
  source: 'X99',
  patientKey: null,
  stage: 'NORMALISE',
  state,
  problem: { code: 'MISSING_FIELD', place: 'PV1-19' },
  at: seconds * 1_000_000,
  by,
  reason: null,
  patientKeys: [],
})
const stateAfter = (...records: ParkedRecord[]) =>
  records.reduce<ReturnType<typeof parkedState> | null>(parkedState, null)

test('the newest record wins, whichever is read last', () => {
  expect(stateAfter(record('RELEASED', 20, 'anna'), record('PARKED', 10))).toMatchObject({
    state: 'RELEASED',
    by: 'anna',
  })
})

test('since is kept when the message is released', () => {
  expect(stateAfter(record('PARKED', 10), record('RELEASED', 20))?.since).toEqual(new Date(10_000))
})

test('since starts anew when the message is parked again', () => {
  expect(
    stateAfter(record('PARKED', 10), record('RELEASED', 20), record('PARKED', 30))?.since,
  ).toEqual(new Date(30_000))
})
