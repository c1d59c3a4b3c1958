import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { cooperativeScheduler, type Steps } from './cooperative-scheduler.ts'

/** With zero-length slices other work runs after each step. */
const run = cooperativeScheduler(0)

function* counting(to: number, done: string[], name = ''): Steps<number> {
  for (let step = 0; step < to; step++) {
    done.push(name)
    yield
  }
  return to
}

test('other work runs between the slices of a long task', async () => {
  const done: string[] = []
  const long = run(counting(50, done))
  await turn()
  expect(done.length).toBeLessThan(5)
  expect(await long).toBe(50)
})

test('long tasks run one after the other, short ones at once', async () => {
  const done: string[] = []
  const all = [
    run(counting(5, done, 'a')),
    run(counting(5, done, 'b')),
    run(counting(0, done, 'c')),
  ]
  expect(await all[2]).toBe(0)
  await Promise.all(all)
  expect(done.join('')).toBe('abaaaabbbb')
})

test('a task that fails does not block the next', async () => {
  const failing = function* (): Steps<never> {
    yield
    yield
    throw new Error('x')
  }
  const [first, second] = await Promise.allSettled([run(failing()), run(counting(3, []))])
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled'])
})
