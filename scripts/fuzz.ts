import { showProgress } from './operate/client/progress.ts'
import { textTable } from './operate/client/table.ts'
import { escaped } from './measure/fuzz/minimise.ts'
import { targets } from './measure/fuzz/targets.ts'
import { runWatched } from './measure/fuzz/watch.ts'
import { readArguments, runCommand, UsageError } from './operate/command-line.ts'

const usage = `
npm run fuzz [-- --runs N] [--seed N] [--target ${Object.keys(targets).join('|')}]   mutated messages through receiving: always a coded answer, in time

100000 messages if not said otherwise. The same seed gives the same messages.`

/**
 * No message may take longer, milliseconds; the largest are 2 MB. One that does not end at all is
 * ended from outside.
 */
const withinMs = 2_000
const limits = { heapMiB: 768, hangMs: 5 * withinMs }

const whole = (name: string, text: string | undefined, otherwise: number): number => {
  const number = text === undefined ? otherwise : Number(text)
  if (!Number.isSafeInteger(number) || number < 0)
    throw new UsageError(`--${name} is no whole number\n${usage}`)
  return number
}

await runCommand(async () => {
  const { values } = readArguments(
    process.argv.slice(2),
    { runs: { type: 'string' }, seed: { type: 'string' }, target: { type: 'string' } },
    usage,
  )
  const target = values.target ?? 'hl7'
  if (!Object.hasOwn(targets, target))
    throw new UsageError(`There is no target of that name\n${usage}`)
  const seed = whole('seed', values.seed, Date.now() % 2_147_483_647)
  const runs = whole('runs', values.runs, 100_000)
  console.log(`target ${target}, ${runs} messages, seed ${seed}`)
  const progress = showProgress('fuzzing', runs)
  const task = {
    targets: new URL('./measure/fuzz/targets.ts', import.meta.url).href,
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
})
