import { expect, test } from 'vitest'
import { newestFirst } from './newest-first.ts'

test('newest first, by id where times are equal', () => {
  const item = (id: string, time: number) => ({ id, sortAt: new Date(time) })
  const order = newestFirst<ReturnType<typeof item>>(({ id }) => id)
  const sorted = [item('c', 1), item('b', 2), item('a', 2), item('d', 3)].toSorted(order)
  expect(sorted.map(({ id }) => id)).toEqual(['d', 'a', 'b', 'c'])
  expect(order(item('a', 1), item('a', 1))).toBe(0)
})
