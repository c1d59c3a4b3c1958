import { expect, test } from 'vitest'
import { isAfterMessage, madeBefore } from './believed-time.ts'
import { versionOf } from './version.ts'

/** 1 July 2026, 10:00 UTC. */
const made = Date.UTC(2026, 6, 1, 10)
const minute = 60_000
const by = (sentAt: number | null, receivedAt = made) => ({
  version: versionOf(sentAt, receivedAt * 1000),
})

test.each([
  ['2026-07-01T10:00:00+00:00', false],
  ['2026-07-01T11:04:00+01:00', false],
  ['2026-07-01T11:06:00+01:00', true],
  ['2026-07-01T09:00:00+00:00', false],
  ['2026-07-01', false],
  ['2026-07', false],
  ['2026', false],
  ['2026-07-02', true],
  ['2026-08', true],
  ['2027', true],
  ['2062-07-01T10:00:00+00:00', true],
  ['no time', false],
  [null, false],
])('%s lies after a message made at 10:00 UTC: %s', (at, isAfter) => {
  expect(isAfterMessage(at, made)).toBe(isAfter)
})

test('a mere day of a zone ahead of UTC is not after a message of its first hours', () => {
  expect(isAfterMessage('2026-07-02', Date.UTC(2026, 6, 1, 22, 30))).toBe(false)
})

test('the newest message counts, and one without a time of its own when it was received', () => {
  const at = '2026-07-01T10:30:00+00:00'
  expect(madeBefore('report', at, [by(made)])).toBe(made)
  expect(
    madeBefore('report', at, [by(made), by(made + 60 * minute, made + 60 * minute)]),
  ).toBeNull()
  expect(madeBefore('report', at, [by(null)])).toBe(made)
  expect(madeBefore('report', at, [])).toBeNull()
})

test('an appointment is about what is to come', () => {
  expect(madeBefore('appointment', '2027-01-01', [by(made)])).toBeNull()
  expect(madeBefore('request', '2027-01-01', [by(made)])).toBe(made)
})
