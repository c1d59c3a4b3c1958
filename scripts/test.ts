import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from './checks/tool.ts'
import { type Counts, countsIn, sum } from './checks/test-counts.ts'

/**
 * Every test, cheapest first: unit and property tests (a workspace that did not change is not run
 * again), the tests on the real stack, the whole system end to end. The last line counts them all;
 * name stages to run only those.
 */
const results = join(checkout, '.tideway', 'test-results')
const workspaces = [
  '',
  'schemas',
  ...['packages', 'services'].flatMap((folder) =>
    readdirSync(join(checkout, folder)).map((name) => join(folder, name)),
  ),
]

type Stage = { command: string; args: string[]; reports: string[] }

const vitest = (project: string): Stage => {
  const report = join(results, `${project}.json`)
  return {
    command: 'vitest',
    args: [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    reports: [report],
  }
}

const stages: Record<string, Stage> = {
  unit: {
    command: 'turbo',
    args: [
      'run',
      'test:unit',
      'test:scripts',
      '--concurrency=2',
      '--continue',
      '--output-logs=errors-only',
      '--log-order=grouped',
      '--ui=stream',
    ],
    reports: workspaces.map((workspace) =>
      join(checkout, workspace, '.turbo', 'test-results.json'),
    ),
  },
  int: vitest('int'),
  e2e: vitest('e2e'),
}

const execute = ({ command, args }: Stage): Promise<number> =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, CI: 'true', TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
    const child = spawn(join(checkout, 'node_modules/.bin', command), args, {
      cwd: checkout,
      stdio: ['ignore', 'inherit', 'inherit'],
      env,
    })
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => child.kill(signal))
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })

/** A stage that fails without a failed test counts as one: something broke outside the tests. */
const runStage = async (name: string, stage: Stage): Promise<Counts> => {
  for (const report of stage.reports) rmSync(report, { force: true })
  const code = await execute(stage)
  const counts = sum(stage.reports.map(countsIn))
  const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed
  console.log(`\n${name}: ${counts.passed} passed, ${failed} failed\n`)
  return { passed: counts.passed, failed }
}

const asked = process.argv.slice(2)
const chosen = Object.entries(stages).filter(([name]) => asked.length === 0 || asked.includes(name))
if (chosen.length < asked.length) {
  console.error(`Stages are ${Object.keys(stages).join(', ')}`)
  process.exit(2)
}
mkdirSync(results, { recursive: true })
const counts: Counts[] = []
for (const [name, stage] of chosen) counts.push(await runStage(name, stage))
const { passed, failed } = sum(counts)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
