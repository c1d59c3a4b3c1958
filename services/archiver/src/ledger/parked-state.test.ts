import type { MessageParked } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { parkedState } from './parked-state.ts'

const record = (
  state: MessageParked['state'],
  seconds: number,
  by: string | null = null,
): MessageParked => ({
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
const stateAfter = (...records: MessageParked[]) =>
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
