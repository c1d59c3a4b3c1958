import { linesKept, type ReportLine } from '@tideway/schemas/documents/head'
import { expect, test } from 'vitest'
import { timeWindows } from './time-windows.ts'

const hour = 3_600_000
const start = Date.UTC(2026, 10, 22)
const lines = (count: number, apart: number) =>
  Array.from({ length: count }, (_, n) => ({ sortAt: new Date(start - n * apart) }) as ReportLine)

test('a short history, and any other kind, is one window', () => {
  expect(timeWindows({ latestReports: lines(linesKept - 1, hour) }, 'report', null)).toEqual([
    { from: null, until: null },
  ])
  expect(timeWindows({ latestReports: lines(linesKept, hour) }, 'encounter', null)).toEqual([
    { from: null, until: null },
  ])
})

test.each([null, new Date(start - 5_000 * hour)])(
  'windows of a long one lie end to end over all time, before %s',
  (before) => {
    const windows = timeWindows({ latestReports: lines(linesKept, hour) }, 'report', before)
    expect(windows[0]?.until).toBeNull()
    expect(windows.at(-1)?.from).toBeNull()
    for (const [index, { from }] of windows.slice(0, -1).entries())
      expect(windows[index + 1]?.until).toEqual(from)
  },
)

test('the first window holds a page of an evenly spread history, and not much more', () => {
  for (const before of [start, start - 5_000 * hour]) {
    const [first] = timeWindows(
      { latestReports: lines(linesKept, hour) },
      'report',
      new Date(before),
    )
    const entries = (before - (first?.from?.getTime() ?? 0)) / hour
    expect(entries).toBeGreaterThan(100)
    expect(entries).toBeLessThan(200)
  }
})

test('reports at one time still give a window', () => {
  expect(
    timeWindows({ latestReports: lines(linesKept, 0) }, 'report', null)[0]?.from?.getTime(),
  ).toBeLessThan(start)
})

test('a few windows cover a lifetime, however dense the newest reports are', () => {
  const windows = timeWindows({ latestReports: lines(linesKept, 0) }, 'report', null)
  expect(windows.length).toBeLessThan(10)
  expect(windows.at(-1)?.until?.getTime()).toBeLessThan(start - 10 * 365 * 24 * hour)
})
