import { expect, test } from 'vitest'
import { mergeByTime, sortWithin } from './merge-by-time.ts'

async function* of<T>(...items: T[]): AsyncGenerator<T> {
  yield* items
}

const all = async <T>(stream: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

test('merges every item of each stream in order', async () => {
  const merged = await all(mergeByTime([of(1, 4, 9), of<number>(), of(2, 3, 10)], (item) => item))
  expect(merged).toEqual([1, 2, 3, 4, 9, 10])
})

test('sorts items that are out of order within the horizon', async () => {
  const items = Array.from({ length: 200 }, (_, index) => ({
    durable: index,
    received: index - ((index * 7) % 10),
  }))
  const sorted = await all(
    sortWithin(
      of(...items),
      (item) => item.durable,
      (item) => item.received,
      10,
    ),
  )
  expect(sorted).toHaveLength(items.length)
  expect(sorted.map(({ received }) => received)).toEqual(
    items.map(({ received }) => received).toSorted((a, b) => a - b),
  )
})
