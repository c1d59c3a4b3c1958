import { quantiles } from '../../load/quantiles.ts'
import { randomOf } from '../../load/random.ts'
import type { Query } from './queries.ts'

/** Of one query at one number of messages: milliseconds, and the store's CPU a run. */
export type Timed = {
  service: string
  name: string
  size: number
  p50: number
  p95: number
  /** Does not depend on what else the machine does. */
  storeCpuMs: number
}

const warmUps = 3
const leastTurns = 7
const mostTurns = 100

/**
 * Runs each query one at a time, each turn for another message, for up to `forMs`.
 *
 * @param size        messages in the store
 * @param cpuSeconds  CPU time that the store has used so far
 */
export const timeQueries = async (
  queries: readonly Query[],
  size: number,
  forMs: number,
  cpuSeconds: () => number,
): Promise<Timed[]> => {
  const random = randomOf(11)
  const rows: Timed[] = []
  for (const { service, name, run } of queries) {
    const times: number[] = []
    const turn = async () => {
      const index = Math.floor(random() * size)
      const began = performance.now()
      await run(index)
      return performance.now() - began
    }
    for (let count = 0; count < warmUps; count++) await turn()
    const before = cpuSeconds()
    for (
      const end = performance.now() + forMs;
      times.length < leastTurns || (times.length < mostTurns && performance.now() < end);
    )
      times.push(await turn())
    const storeCpuMs = ((cpuSeconds() - before) * 1000) / times.length
    const { p50 = Number.NaN, p95 = Number.NaN } = quantiles(times) ?? {}
    rows.push({ service, name, size, p50, p95, storeCpuMs })
  }
  return rows
}
