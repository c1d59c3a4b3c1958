import { expect, test } from 'vitest'
import { goals } from './goals.ts'
import type { Results } from './results.ts'

const machine = { cores: 2, model: '', memoryGiB: 1, loadBefore: 0, node: '' }
const row = (what: string, perSecond: number) => ({ what, connections: 32, perSecond, p50: 1, p95: 1, p99: 1, notTaken: 0, cpuMicros: {}, residentMiB: {} })
const grown = (size: number, projector: number) => ({ size, perSecond: 1, wireP50: 1, wireP95: 1, cpuMicros: { projector }, recordMs: null })
const run = (more: Partial<Results>): Results => ({ at: '', machine, store: '', ...more })

test('a goal holds at its ratio and not below', () => {
  const peers = [row('HAPI with Kafka', 100)]
  expect(goals(run({ peers, ackAlone: [row('', 200)] }))[0]?.holds).toBe(true)
  expect(goals(run({ peers, ackAlone: [row('', 199)] }))[0]?.holds).toBe(false)
})

test('what was not measured neither holds nor fails', () => {
  expect(goals(run({})).map(({ holds }) => holds)).toEqual(goals(run({})).map(() => null))
})

test('a cost that doubles is not flat', () => {
  const flat = (last: number) => goals(run({ patients: [grown(1_000, 100), grown(1_000_000, last)] })).find(({ goal }) => goal.includes('patients grow'))?.holds
  expect([flat(140), flat(200)]).toEqual([true, false])
})
