import { BSON } from 'mongodb'
import { expect, test } from 'vitest'
import { documentsOf, wholeOf } from './told.ts'

const of = {
  patient: 'RJZ|1',
  message: 'm1',
  received: 1,
  projectedAt: new Date(0),
  pending: null,
}
const record = (n: number, size: number) => ({
  event: `m1.${n}`,
  offset: n,
  record: Buffer.alloc(size, n),
})

test('what a message told is whole again, in the order of its events, and no document is over 256 KB', () => {
  for (const sizes of [[10], [10, 0, 20], [300_000, 5, 900_000], Array(3_000).fill(500)]) {
    const told = sizes.map((size: number, n: number) => record(n, size))
    const documents = documentsOf(of, told.toReversed())
    for (const document of documents)
      expect(BSON.calculateObjectSize(document)).toBeLessThan(256_000)
    expect(new Set(documents.map(({ _id }) => _id)).size).toBe(documents.length)
    const [whole, ...others] = wholeOf(documents.toReversed())
    expect([whole?.told, others]).toEqual([told, []])
  }
})
