import { expect, test } from 'vitest'
import { maxSendBytes, takeCustody } from './take-custody.ts'
import { groupCommit } from './group-commit.ts'
import type { Outgoing } from '@tideway/kafka/client'
import { payloadReference } from './large-payloads.ts'

const record = (key: string, bytes: number): Outgoing => ({
  topic: 'rawMessages',
  key,
  value: Buffer.alloc(bytes),
  headers: {},
})
const upload = (text: string) => ({
  object: payloadReference(Buffer.from(text)).object,
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
      maxSendBytes,
    ),
  }
}
const neverStore = { putNew: () => Promise.reject(new Error('unexpected call')) }

test('records go into one produce request', async () => {
  const { sends, commit } = log()
  await takeCustody(
    [record('a', 10), record('b', 10)],
    [],
    soon(),
    { commit, store: neverStore },
    nothingHeld,
  )
  expect(sends).toEqual([['a', 'b']])
})

test('records too large for one produce request go into several, in order', async () => {
  const { sends, commit } = log()
  const records = ['a', 'b', 'c', 'd'].map((key) => record(key, 1_500_000))
  await takeCustody(records, [], soon(), { commit, store: neverStore }, nothingHeld)
  expect(sends).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('uploads are put first, each once, and later messages wait until the records are queued', async () => {
  const { sends, commit } = log()
  const stored: string[] = []
  const store = { putNew: async (object: string) => stored.push(object) > 0 }
  let queued: Promise<unknown> = Promise.resolve()
  const done = takeCustody(
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
  ['does not answer', () => new Promise<boolean>(() => undefined), 30],
])(
  'with a store that %s the message is not durable and nothing is sent',
  async (_, putNew, withinMs) => {
    const { sends, commit } = log()
    const work = takeCustody(
      [record('a', 10)],
      [upload('x')],
      performance.now() + withinMs,
      { commit, store: { putNew } },
      () => undefined,
    )
    await expect(work).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(sends).toEqual([])
  },
)
