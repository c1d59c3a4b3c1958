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
})
const told = (...records: MessageParked[]) =>
  records.reduce<ReturnType<typeof parkedState> | null>(parkedState, null)

test('the newest statement wins, whichever comes last', () => {
  expect(told(record('RELEASED', 20, 'anna'), record('PARKED', 10))).toMatchObject({
    state: 'RELEASED',
    by: 'anna',
  })
})

test('since when it waited stays when it is let go', () => {
  expect(told(record('PARKED', 10), record('RELEASED', 20))?.since).toEqual(new Date(10_000))
})

test('parked once more, it waits from then', () => {
  expect(told(record('PARKED', 10), record('RELEASED', 20), record('PARKED', 30))?.since).toEqual(
    new Date(30_000),
  )
})
