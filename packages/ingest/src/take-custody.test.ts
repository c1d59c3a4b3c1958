import { expect, test } from 'vitest'
import { largestSend, makeDurable } from './take-custody.ts'
import { groupCommit } from './group-commit.ts'
import type { Outgoing } from '@tideway/kafka/client'
import { payloadOf } from './large-payloads.ts'

const record = (key: string, bytes: number): Outgoing => ({
  topic: 'rawMessages',
  key,
  value: Buffer.alloc(bytes),
  headers: {},
})
const upload = (text: string) => ({
  object: payloadOf(Buffer.from(text)).object,
  bytes: Buffer.from(text),
  contentType: 'text/plain',
})
const soon = () => performance.now() + 5_000
const nothingHeld = () => {
  throw new Error('nothing to wait for')
}

const log = () => {
  const sends: string[][] = []
  return {
    sends,
    commit: groupCommit<Outgoing>(
      async (records) => void sends.push(records.map(({ key }) => key)),
      largestSend,
    ),
  }
}
const neverStore = { putNew: () => Promise.reject(new Error('not asked')) }

test('records go in one send', async () => {
  const { sends, commit } = log()
  await makeDurable(
    [record('a', 10), record('b', 10)],
    [],
    soon(),
    { commit, store: neverStore },
    nothingHeld,
  )
  expect(sends).toEqual([['a', 'b']])
})

test('what is too large for one send goes in several, in order', async () => {
  const { sends, commit } = log()
  const records = ['a', 'b', 'c', 'd'].map((key) => record(key, 1_500_000))
  await makeDurable(records, [], soon(), { commit, store: neverStore }, nothingHeld)
  expect(sends).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('uploads come first, each once, and whoever must stay behind is told when the records are queued', async () => {
  const { sends, commit } = log()
  const stored: string[] = []
  const store = { putNew: async (object: string) => stored.push(object) > 0 }
  let queued: Promise<unknown> = Promise.resolve()
  const done = makeDurable(
    [record('a', 10)],
    [upload('x'), upload('x'), upload('y')],
    soon(),
    { commit, store },
    (promise) => {
      queued = promise
    },
  )
  await queued
  expect(stored).toEqual([upload('x').object, upload('y').object])
  expect([commit.depth().waiting, sends.length]).toEqual([1, 0])
  await done
  expect(sends).toEqual([['a']])
})

test.each([
  ['fails', () => Promise.reject(new Error('away')), 1_000],
  ['says nothing', () => new Promise<boolean>(() => undefined), 30],
])('a store that %s: not durable, and nothing is sent', async (_, putNew, withinMs) => {
  const { sends, commit } = log()
  const work = makeDurable(
    [record('a', 10)],
    [upload('x')],
    performance.now() + withinMs,
    { commit, store: { putNew } },
    () => undefined,
  )
  await expect(work).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  expect(sends).toEqual([])
})
