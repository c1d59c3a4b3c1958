import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { groupCommit } from './group-commit.ts'

/** A log with produce requests that the test settles. */
const heldLog = () => {
  const sends: { items: readonly string[]; settle: (error?: Error) => void }[] = []
  const send = (items: readonly string[]) =>
    new Promise<void>((resolve, reject) =>
      sends.push({ items, settle: (error) => (error === undefined ? resolve() : reject(error)) }),
    )
  return { sends, send }
}
const later = () => performance.now() + 60_000
const turn = () => wait(5)
const outcomeOf = (promise: Promise<void>) =>
  promise.then(
    () => 'durable',
    (error: { code: string }) => error.code,
  )

test('items that arrive while a produce request is in flight go into the next one, in order', async () => {
  const { sends, send } = heldLog()
  const commit = groupCommit(send, 1_000)
  const first = commit.submit(['a'], 1, later())
  await turn()
  const others = [commit.submit(['b', 'c'], 2, later()), commit.submit(['d'], 1, later())]
  await turn()
  expect(sends.map(({ items }) => items)).toEqual([['a']])
  sends[0]?.settle()
  await first
  await turn()
  expect(sends[1]?.items).toEqual(['b', 'c', 'd'])
  sends[1]?.settle()
  await Promise.all(others)
  expect(commit.depth()).toEqual({ waiting: 0, waitingBytes: 0, inFlight: 0 })
})

test('a failed produce request fails only its own items', async () => {
  const { sends, send } = heldLog()
  const commit = groupCommit(send, 1_000)
  const lost = outcomeOf(commit.submit(['a'], 1, later()))
  await turn()
  const kept = outcomeOf(commit.submit(['b'], 1, later()))
  sends[0]?.settle(new Error('broker away'))
  expect(await lost).toBe('LOG_UNAVAILABLE')
  await turn()
  sends[1]?.settle()
  expect(await kept).toBe('durable')
})

test('a produce request respects its limit, and a larger item is sent alone', async () => {
  const { sends, send } = heldLog()
  const commit = groupCommit(send, 10)
  const all = [
    commit.submit(['a'], 6, later()),
    commit.submit(['b'], 4, later()),
    commit.submit(['c'], 50, later()),
    commit.submit(['d'], 1, later()),
  ]
  for (let count = 0; count < 3; count += 1) {
    await turn()
    sends[count]?.settle()
  }
  await Promise.all(all)
  expect(sends.map(({ items }) => items)).toEqual([['a', 'b'], ['c'], ['d']])
})

test('an item fails at its deadline, in flight or waiting; a waiting one is never sent', async () => {
  const { sends, send } = heldLog()
  const commit = groupCommit(send, 1_000)
  const stuck = outcomeOf(commit.submit(['stuck'], 1, performance.now() + 20))
  await turn()
  const behind = outcomeOf(commit.submit(['behind'], 1, performance.now() + 20))
  const patient = outcomeOf(commit.submit(['patient'], 1, later()))
  expect(await stuck).toBe('LOG_UNAVAILABLE')
  expect(await behind).toBe('LOG_UNAVAILABLE')
  expect(commit.depth()).toEqual({ waiting: 1, waitingBytes: 1, inFlight: 1 })
  sends[0]?.settle()
  await turn()
  expect(sends[1]?.items).toEqual(['patient'])
  sends[1]?.settle()
  expect(await patient).toBe('durable')
})

test('produce requests are separated by the linger: items in between share the next one, and enough of them end the wait', async () => {
  const { sends, send } = heldLog()
  const commit = groupCommit(send, 1_000, () => ({ apartMs: 40, enough: 3 }))
  const first = commit.submit(['a'], 1, later())
  await turn()
  sends[0]?.settle()
  await first
  const others = [commit.submit(['b'], 1, later())]
  await turn()
  others.push(commit.submit(['c'], 1, later()))
  await turn()
  expect(sends.map(({ items }) => items)).toEqual([['a']])
  await wait(50)
  expect(sends[1]?.items).toEqual(['b', 'c'])
  sends[1]?.settle()
  await Promise.all(others)
  const three = ['d', 'e', 'f'].map((item) => commit.submit([item], 1, later()))
  await turn()
  expect(sends[2]?.items).toEqual(['d', 'e', 'f'])
  sends[2]?.settle()
  await Promise.all(three)
})
