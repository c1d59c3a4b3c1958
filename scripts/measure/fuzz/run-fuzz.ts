import { showProgress } from '../../operate/client/progress.ts'
import { textTable } from '../../operate/client/table.ts'
import { escaped } from './minimise.ts'
import { runWatched } from './watch.ts'

/**
 * Longest time for one message, milliseconds; the largest are 2 MB. A message that does not end is
 * stopped by another process.
 */
const withinMs = 2_000
const limits = { heapMiB: 768, hangMs: 5 * withinMs }

/** Runs the fuzzer and prints the result. @returns whether every message got a coded answer */
export const runFuzz = async (target: string, runs: number, seed: number): Promise<boolean> => {
  console.log(`target ${target}, ${runs} messages, seed ${seed}`)
  const progress = showProgress('fuzzing', runs)
  const task = {
    targets: new URL('./targets.ts', import.meta.url).href,
    target,
    seed,
    runs,
    withinMs,
  }
  const { failure, outcomes, slowestMs, runs: done } = await runWatched(task, limits, progress.add)
  progress.end()
  if (failure === null) {
    const rows = [...outcomes]
      .sort((a, b) => b[1] - a[1])
      .map(([outcome, count]) => [outcome, String(count)])
    console.log(
      `\n${textTable([{ name: 'answer' }, { name: 'messages', right: true }], rows)}\n\n  ${done} messages, each with a coded answer; the slowest took ${Math.round(slowestMs)} ms`,
    )
    return true
  }
  console.log(
    `\nFAILED with seed ${failure.seed}, after about ${done} messages: ${failure.why}\n\n${escaped(Buffer.from(failure.bytes)) || '(no bytes)'}\n\nAgain: npm run fuzz -- --target ${target} --seed ${failure.seed} --runs ${runs}`,
  )
  return false
}
