import { expect, test } from 'vitest'
import { randomOf } from '../load/random.ts'
import { victims } from './schedule.ts'

test('each name once in turn, then at random, some in pairs, and no other name', () => {
  const names = ['a', 'b', 'c']
  const drawn = victims(names, randomOf(1)).take(203).toArray()
  expect(drawn.slice(0, 3)).toEqual([['a'], ['b'], ['c']])
  expect(drawn.flat().every((name) => names.includes(name))).toBe(true)
  expect(drawn.filter((pair) => pair.length === 2).length).toBeGreaterThan(10)
})
