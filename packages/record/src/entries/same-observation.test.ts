import type { Report } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { evolveEntry } from './entry.ts'
import { at, event, observation, result } from './histories.fixture.ts'
import { identityOf } from './matching/recoded.ts'
import { timesAgree } from './times-agree.ts'

test.each([
  ['2026-09-01T09:00+01:00', '2026-09-01T08:00Z'],
  ['2026-09-01T09:00', '2026-09-01T09:00:30'],
  ['2026-09-01', '2026-09-01T23:59+01:00'],
  ['2026', '2026-09-01'],
])('%s and %s can be the same time', (one, other) => {
  expect([timesAgree(one, other), timesAgree(other, one)]).toEqual([true, true])
})

test.each([
  ['2026-09-01T09:00+01:00', '2026-09-01T09:00Z'],
  ['2026-09-01T09:00:00Z', '2026-09-01T09:00:30Z'],
  ['2026-09-01', '2026-09-02T00:00Z'],
  ['2026-09-01T09:00Z', 'noon'],
  ['2026-09-01T25:00Z', '2026-09-01T26:00Z'],
])('%s and %s are two times', (one, other) => {
  expect([timesAgree(one, other), timesAgree(other, one)]).toEqual([false, false])
})

test('a key is code and sub-identifier, and a number or a time', () => {
  expect(['K||1', 'K||12', 'K||1@2026-09-01', 'K'].map(identityOf)).toEqual(['K|', 'K|', 'K|', 'K'])
})

const seriesOf = (count: number): Report => {
  const events = Array.from({ length: count }, (_, n) =>
    event(result([observation('F', String(n), { key: 'K||1', observedAt: at(n) })]), n),
  )
  const end = (all: typeof events) => all.reduce<ReturnType<typeof evolveEntry>>(evolveEntry, null)
  expect(end(events.toReversed())).toEqual(end(events))
  return end(events)?.data as Report
}

test('of a series that goes on for a year the newest hundred are kept', () => {
  const { observations } = seriesOf(130)
  expect(observations.map(({ reported }) => reported[0]?.value)).toEqual(
    Array.from({ length: 100 }, (_, n) => String(n + 30)),
  )
  expect(new Set(observations.map(({ key }) => key)).size).toBe(100)
})

test('what was stored as one observation before is told apart when the next value comes', () => {
  const [first, second] = [0, 60].map((minute) =>
    observation('F', String(minute), { key: 'K||1', observedAt: at(minute) }),
  )
  const stored = [first, second].map((one, index) =>
    evolveEntry(null, event(result(one === undefined ? [] : [one]), index)),
  )
  const [known, other] = stored.map((entry) => entry?.data as Report)
  const [observed] = known?.observations ?? []
  const merged = {
    ...stored[0],
    data: {
      ...known,
      observations: [
        {
          ...observed,
          reported: [...(observed?.reported ?? []), ...(other?.observations[0]?.reported ?? [])],
        },
      ],
    },
  } as Parameters<typeof evolveEntry>[0]
  const next = observation('F', '120', { key: 'K||1', observedAt: at(120) })
  const after = evolveEntry(merged, event(result([next]), 2))?.data as Report
  expect(after.observations.map(({ reported }) => reported.map(({ value }) => value))).toEqual([
    ['0'],
    ['60'],
    ['120'],
  ])
})
