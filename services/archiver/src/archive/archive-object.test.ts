import type { MessageReceived } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { type Entry, entriesAfter, takeTile } from './archive-object.ts'

const message = {} as MessageReceived
const entry = (offset: number, bytes = 100, isNew = true): Entry => ({
  offset,
  durableAt: 1_000 + offset,
  message: isNew ? message : null,
  bytes,
})
const offsets = (entries: readonly { offset: number }[]) => entries.map(({ offset }) => offset)

test('a tile ends before it grows past its size', () => {
  const tile = takeTile(1, [entry(5), entry(6), entry(7)], 250)
  expect([tile.first, tile.last, offsets(tile.messages)]).toEqual([5, 6, [5, 6]])
})

test('one message larger than a tile is a tile of its own', () => {
  expect(takeTile(1, [entry(5, 900), entry(6)], 250).last).toBe(5)
})

test('a tile never covers offsets that were not read', () => {
  expect(takeTile(1, [entry(5), entry(6), entry(9)], 9_000).last).toBe(6)
})

test('a tile is of one day', () => {
  const midnight = Date.parse('2026-11-23T00:00:00Z')
  const before = { ...entry(5), durableAt: midnight - 1 }
  expect(takeTile(1, [before, { ...entry(6), durableAt: midnight }], 9_000).last).toBe(5)
})

test('what is archived already is covered, and left out', () => {
  const tile = takeTile(1, [entry(5, 100, false), entry(6), entry(7, 100, false)], 9_000)
  expect(tile).toMatchObject({ first: 5, last: 7, durableAt: 1_005, skipped: [5, 7] })
  expect(offsets(tile.messages)).toEqual([6])
})

test('nothing makes no tile', () => {
  expect(() => takeTile(1, [], 9_000)).toThrow(RangeError)
})

test('after an object was adopted, the rest goes on where it ended', () => {
  expect(offsets(entriesAfter([entry(5), entry(6), entry(7)], 6))).toEqual([7])
})
