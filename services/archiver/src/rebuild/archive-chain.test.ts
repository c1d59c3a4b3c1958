import { expect, test } from 'vitest'
import { gapsIn } from './archive-chain.ts'

test('finds the offsets that no object covers', () => {
  const object = (partition: number, first: number, last: number) => ({ partition, first, last })
  expect(gapsIn([object(0, 5, 9), object(0, 10, 20), object(1, 0, 3)])).toEqual([])
  expect(
    gapsIn([
      object(1, 8, 9),
      object(0, 30, 40),
      object(0, 5, 9),
      object(1, 0, 3),
      object(0, 0, 12),
    ]),
  ).toEqual([
    { partition: 0, first: 13, last: 29 },
    { partition: 1, first: 4, last: 7 },
  ])
  expect(gapsIn([])).toEqual([])
})
