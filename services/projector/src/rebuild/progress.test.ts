import { expect, test } from 'vitest'
import { furthest, hasReached, progressOf, targetsOf } from './progress.ts'

const ends = new Map([
  [0, { low: 10, high: 100 }],
  [1, { low: 0, high: 0 }],
])

test('ends where the live generation is, within what the log has', () => {
  expect(targetsOf(ends, new Map([[0, 40]]))).toEqual(
    new Map([
      [0, 40],
      [1, 0],
    ]),
  )
  expect(targetsOf(ends, new Map([[0, 5]])).get(0)).toBe(10)
  expect(targetsOf(ends, new Map([[0, 500]])).get(0)).toBe(100)
})

test('ends with the log if no generation ever read it', () => {
  expect(targetsOf(ends, new Map())).toEqual(
    new Map([
      [0, 100],
      [1, 0],
    ]),
  )
})

test('counts what is applied from the first offset that is there', () => {
  const targets = new Map([
    [0, 100],
    [1, 0],
  ])
  expect(progressOf(targets, new Map(), ends)).toEqual({ done: 0, total: 90 })
  expect(progressOf(targets, new Map([[0, 55]]), ends)).toEqual({ done: 45, total: 90 })
  expect(hasReached(targets, new Map([[0, 99]]), ends)).toBe(false)
  expect(hasReached(targets, new Map([[0, 100]]), ends)).toBe(true)
})

test('what any generation has announced counts', () => {
  const before = new Map([[0, 5]])
  const later = new Map([
    [0, 3],
    [1, 7],
  ])
  expect(furthest(before, later)).toEqual(
    new Map([
      [0, 5],
      [1, 7],
    ]),
  )
})
