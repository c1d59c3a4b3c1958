import type { Watermark } from '@tideway/schemas/documents/watermark'
import { expect, test } from 'vitest'
import { bothSay, storeBelongsToLog } from './store-of-log.ts'

const ends = (patientEvents: number[]) => ({ log: 'one', ends: { patientEvents } })
const mark = (next: number, log = 'one'): Watermark => ({
  ...{ _id: 'patient-events.v1/0', log, next, through: null, at: new Date(0) },
})

test('watermarks of this cluster within the log, and an empty log with nothing, belong', () => {
  expect(storeBelongsToLog(ends([5]), [mark(5)])).toBe('yes')
  expect(storeBelongsToLog(ends([5]), [mark(2)])).toBe('yes')
  expect(storeBelongsToLog(ends([0, 0]), [])).toBe('yes')
})

test('a log made anew or cut, or another cluster, does not', () => {
  expect(storeBelongsToLog(ends([4]), [mark(5)])).toBe('no')
  expect(storeBelongsToLog(ends([9]), [mark(5, 'another')])).toBe('no')
})

test('a log with records and a store that says nothing are not known to belong', () => {
  expect(storeBelongsToLog(ends([4]), [])).toBe('unknown')
})

test('watermarks and epoch must both say that the store belongs to the log', () => {
  expect(bothSay('yes', 'yes')).toBe('yes')
  expect([bothSay('yes', 'no'), bothSay('no', 'unknown'), bothSay('unknown', 'no')]).toEqual([
    'no',
    'no',
    'no',
  ])
  expect([bothSay('yes', 'unknown'), bothSay('unknown', 'yes')]).toEqual(['unknown', 'unknown'])
})
