import { expect, test } from 'vitest'
import { runWatched } from './watch.ts'

const run = async (target: string, hangMs = 3_000) => {
  let begun = 0
  const task = {
    targets: new URL('./bad-targets.fixture.ts', import.meta.url).href,
    target,
    seed: 1,
    runs: 1_000,
    withinMs: 60_000,
  }
  const result = await runWatched(task, { heapMiB: 64, hangMs }, (more) => {
    begun += more
  })
  return { ...result, begun }
}

test('answers of a working target are counted', async () => {
  expect(await run('good')).toMatchObject({
    runs: 1_000,
    begun: 1_000,
    failure: null,
    outcomes: new Map([['taken', 1_000]]),
  })
})

test('a target that hangs is killed, and its message reported', async () => {
  const { failure } = await run('hangs')
  expect(failure).toMatchObject({ seed: 1, why: 'no answer within 3000 ms' })
  expect(Buffer.from(failure?.bytes as Buffer).includes('!')).toBe(true)
})

test('a target that leaks memory is killed, and its message reported', async () => {
  const { failure } = await run('greedy', 60_000)
  expect(failure?.why).toBe('more than 64 MiB')
  expect(Buffer.from(failure?.bytes as Buffer).includes('!')).toBe(true)
})
