import fc from 'fast-check'
import { minimise } from './minimise.ts'
import { mutated } from './mutate.ts'
import type { FuzzTarget } from './target.ts'

/**
 * `withinMs` is the longest time for one message in milliseconds of processor time, so that a busy
 * machine is not a failure.
 */
export type FuzzTask = { seed: number; runs: number; withinMs: number }
export type Failure = { seed: number; why: string; bytes: Buffer }
export type Result = {
  runs: number
  outcomes: Map<string, number>
  slowestMs: number
  failure: Failure | null
}

const processorMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Why a message fails; null if it does not. */
const failureOf = (target: FuzzTarget, bytes: Buffer, withinMs: number): string | null => {
  const began = processorMs()
  try {
    target.check(bytes)
  } catch (error) {
    return error instanceof Error
      ? (error.stack ?? error.message).split('\n').slice(0, 4).join('\n')
      : String(error)
  }
  const took = processorMs() - began
  return took > withinMs ? `took ${Math.round(took)} ms` : null
}

/**
 * Passes mutated messages to a target. The same seed and target give the same messages. Stops at
 * the first failure and reports the shortest message found that fails.
 *
 * @param before  called with each message before the target gets it
 */
export const fuzz = (
  target: FuzzTarget,
  { seed, runs, withinMs }: FuzzTask,
  before: (bytes: Buffer) => void,
): Result => {
  const result: Result = { runs: 0, outcomes: new Map(), slowestMs: 0, failure: null }
  const property = fc.property(mutated(target), (bytes) => {
    before(bytes)
    const began = processorMs()
    const outcome = target.check(bytes)
    const took = processorMs() - began
    if (took > withinMs) throw new Error(`took ${Math.round(took)} ms`)
    result.runs += 1
    result.slowestMs = Math.max(result.slowestMs, took)
    result.outcomes.set(outcome, (result.outcomes.get(outcome) ?? 0) + 1)
  })
  const { failed, counterexample } = fc.check(property, {
    seed,
    numRuns: runs,
    interruptAfterTimeLimit: 3_600_000,
  })
  if (!failed) return result
  const [found] = counterexample as [Buffer]
  const bytes = minimise(found, (shorter) => failureOf(target, shorter, withinMs) !== null)
  return {
    ...result,
    failure: { seed, why: failureOf(target, bytes, withinMs) ?? 'fails now and then', bytes },
  }
}
