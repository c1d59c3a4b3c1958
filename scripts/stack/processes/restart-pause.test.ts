import { expect, test } from 'vitest'
import { nextPause } from './restart-pause.ts'

const pausesOf = (uptimesMs: readonly number[]): number[] => {
  const pauses: number[] = []
  for (const up of uptimesMs) pauses.push(nextPause(pauses.at(-1) ?? 0, up))
  return pauses
}

test('the pause doubles from half a second to half a minute', () => {
  expect(pausesOf([0, 0, 0, 0, 0, 0, 0, 0, 0])).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
  ])
})

test('the pause starts again after a program ran for a minute', () => {
  expect(pausesOf([0, 0, 0, 60_000, 59_999])).toEqual([500, 1_000, 2_000, 500, 1_000])
})
