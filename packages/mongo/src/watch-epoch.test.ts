import { setTimeout as pause } from 'node:timers/promises'
import type { Epoch } from '@tideway/schemas/documents/epoch'
import { expect, test } from 'vitest'
import { EpochError, followBelonging, lookAtEpoch, watchEpoch } from './watch-epoch.ts'

const epoch: Epoch = { id: 'a', log: 1, topics: { raw: 'r1' }, from: {}, madeAt: '' }
const found = async () => ({ epoch, isEmpty: false })
const log = async (): Promise<{ topics: Record<string, string>; isEmpty: boolean }> => ({
  topics: { raw: 'r1' },
  isEmpty: false,
})
const fails = () => Promise.reject(new Error('does not answer'))

test('what does not answer is not known', async () => {
  expect(await lookAtEpoch({ log, database: found, bucket: found })).toEqual({
    state: 'yes',
    epoch,
  })
  for (const looks of [
    { log: fails, database: found },
    { log, database: fails },
    { log, database: found, bucket: fails },
    { log, database: found, reached: fails },
    { log, database: found, handled: fails },
  ])
    expect(await lookAtEpoch(looks)).toMatchObject({ state: 'unknown' })
})

test('a writer is stopped with the command that mends it, and not by silence', async () => {
  const stopped: string[] = []
  let looks = 0
  let answers: typeof log = fails
  const looking = () => {
    looks += 1
    return answers()
  }
  const end = watchEpoch({ log: looking, database: found }, 5, (cause) => {
    expect(cause).toBeInstanceOf(EpochError)
    stopped.push(cause.message)
  })
  while (looks < 4) await pause(5)
  expect(stopped).toEqual([])
  answers = async () => ({ topics: { raw: 'r2' }, isEmpty: false })
  while (stopped.length === 0) await pause(5)
  end()
  expect(stopped[0]).toContain('npm run restore -- log')
})

test('a reader does not know before the first look, nor once looks have failed for a while', async () => {
  let answers: typeof log = log
  const belonging = followBelonging({ log: () => answers(), database: found }, 5)
  expect(belonging.now()).toBe('unknown')
  while (belonging.now() !== 'yes') await pause(1)
  answers = async () => ({ topics: {}, isEmpty: false })
  while (belonging.now() !== 'no') await pause(1)
  answers = fails
  while (belonging.now() !== 'unknown') await pause(1)
  belonging.close()
})
