import type { Outgoing } from '@tideway/kafka/client'
import { expect, test } from 'vitest'
import { noLongerSaid } from './no-longer-said.ts'

const event = (key: string, id: string): Outgoing => ({
  topic: 'patientEvents',
  key,
  value: Buffer.alloc(0),
  headers: { ce_id: id },
})
const told = (patient: string, events: string[] | null) => ({ patient, events, decidedAt: null })

test('what has the same patients and at least the same events takes nothing back', () => {
  const now = [event('RJZ|1', 'm.0'), event('RJZ|1', 'm.1'), event('RJZ|2', 'm.2')]
  expect(noLongerSaid([told('RJZ|1', ['m.0'])], now)).toEqual({ patients: [], unknown: [] })
  expect(noLongerSaid([], now)).toEqual({ patients: [], unknown: [] })
  expect(noLongerSaid([told('RJZ|1', null)], now)).toEqual({ patients: [], unknown: [] })
})

test('a patient it no longer names loses all, one of whom it says less the rest', () => {
  const now = [event('RJZ|B', 'm.0'), event('RJZ|1', 'm.1')]
  expect(
    noLongerSaid([told('RJZ|M', ['m.0']), told('RJZ|1', ['m.1', 'm.2']), told('RJZ|O', [])], now),
  ).toEqual({
    patients: [
      { patient: 'RJZ|M', events: [] },
      { patient: 'RJZ|1', events: ['m.1'] },
    ],
    unknown: [],
  })
})

test('of a patient it no longer names, for whom an earlier release applied it, nothing can be taken back', () => {
  expect(noLongerSaid([told('RJZ|M', null)], [event('RJZ|B', 'm.0')])).toEqual({
    patients: [],
    unknown: ['RJZ|M'],
  })
})
