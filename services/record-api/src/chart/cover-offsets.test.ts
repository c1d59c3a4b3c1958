import type { ArchiveObject } from '@tideway/schemas/documents/ledger'
import { expect, test } from 'vitest'
import { coverOffsets } from './cover-offsets.ts'

const object = (partition: number, first: number, last: number) =>
  ({ _id: `${partition}-${first}`, partition, first, last }) as ArchiveObject
const place = (partition: number, offset: number) => ({
  _id: `${partition}/${offset}`,
  partition,
  offset,
})

const archive = (objects: readonly ArchiveObject[]) => {
  const sought: number[] = []
  const seek = async (partition: number, offset: number) => {
    sought.push(offset)
    return (
      objects
        .filter((one) => one.partition === partition && one.first <= offset)
        .toSorted((a, b) => b.first - a.first)[0] ?? null
    )
  }
  return { seek, sought }
}

test('each message gets the object that covers it, whatever the partition', async () => {
  const { seek } = archive([object(0, 0, 9), object(0, 10, 19), object(1, 0, 4)])
  const found = await coverOffsets([place(0, 3), place(0, 10), place(0, 19), place(1, 4)], seek)
  expect(Object.fromEntries([...found].map(([id, { _id }]) => [id, _id]))).toEqual({
    '0/3': '0-0',
    '0/10': '0-10',
    '0/19': '0-10',
    '1/4': '1-0',
  })
})

test('what is not archived yet is left out', async () => {
  const { seek } = archive([object(0, 0, 9)])
  expect([...(await coverOffsets([place(0, 10), place(2, 0)], seek)).keys()]).toEqual([])
})

test('messages in one object cost one round of seeks', async () => {
  const { seek, sought } = archive([object(0, 0, 9_999)])
  const places = Array.from({ length: 300 }, (_, n) => place(0, n * 7))
  expect((await coverOffsets(places, seek)).size).toBe(300)
  expect(sought.length).toBeLessThanOrEqual(8)
})

test('messages far apart are each found', async () => {
  const objects = Array.from({ length: 100 }, (_, n) => object(0, n * 10, n * 10 + 9))
  const { seek, sought } = archive(objects)
  const places = objects.map(({ first }) => place(0, first + 5))
  expect((await coverOffsets(places, seek)).size).toBe(100)
  expect(sought).toHaveLength(100)
})
