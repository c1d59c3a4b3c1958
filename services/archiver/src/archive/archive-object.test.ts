import type { MessageReceived } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { draftArchiveObject, entriesAfter, type LogEntry } from './archive-object.ts'

const message = {} as MessageReceived
const entry = (offset: number, bytes = 100, isNew = true): LogEntry => ({
  offset,
  durableAt: 1_000 + offset,
  message: isNew ? message : null,
  bytes,
})
const offsets = (entries: readonly { offset: number }[]) => entries.map(({ offset }) => offset)

test('an object ends before it exceeds its size', () => {
  const draft = draftArchiveObject(1, [entry(5), entry(6), entry(7)], 250)
  expect([draft.first, draft.last, offsets(draft.messages)]).toEqual([5, 6, [5, 6]])
})

test('a message larger than an object gets an object of its own', () => {
  expect(draftArchiveObject(1, [entry(5, 900), entry(6)], 250).last).toBe(5)
})

test('an object never covers offsets that were not read', () => {
  expect(draftArchiveObject(1, [entry(5), entry(6), entry(9)], 9_000).last).toBe(6)
})

test('an object never spans two days', () => {
  const midnight = Date.parse('2026-11-23T00:00:00Z')
  const before = { ...entry(5), durableAt: midnight - 1 }
  expect(draftArchiveObject(1, [before, { ...entry(6), durableAt: midnight }], 9_000).last).toBe(5)
})

test('offsets whose message is archived already are covered and skipped', () => {
  const draft = draftArchiveObject(1, [entry(5, 100, false), entry(6), entry(7, 100, false)], 9_000)
  expect(draft).toMatchObject({ first: 5, last: 7, durableAt: 1_005, skipped: [5, 7] })
  expect(offsets(draft.messages)).toEqual([6])
})

test('without entries there is no object', () => {
  expect(() => draftArchiveObject(1, [], 9_000)).toThrow(RangeError)
})

test('after an object was adopted, archiving continues where it ends', () => {
  expect(offsets(entriesAfter([entry(5), entry(6), entry(7)], 6))).toEqual([7])
})
