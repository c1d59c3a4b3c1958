import { expect, test } from 'vitest'
import { stalledText, stallWatch } from './stall.ts'

test('a minute without progress is a stall, unless a batch is being applied', () => {
  const hasStalled = stallWatch()
  expect(hasStalled(5, false, 0)).toBe(false)
  expect(hasStalled(5, false, 59_999)).toBe(false)
  expect(hasStalled(6, false, 60_000)).toBe(false)
  expect(hasStalled(6, true, 119_000)).toBe(false)
  expect(hasStalled(6, false, 178_999)).toBe(false)
  expect(hasStalled(6, false, 179_000)).toBe(true)
})

test('the partitions that are behind are named, with what to do', () => {
  const text = stalledText(
    new Map([
      [0, 10],
      [1, 3_672],
    ]),
    new Map([[0, 10]]),
  )
  expect(text).toContain('60 s: partition 1 (at 0 of 3672). ')
  expect(text).toContain('Run the command again')
})
