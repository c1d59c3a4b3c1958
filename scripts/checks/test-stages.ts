import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TestCounts, countsIn, sum } from './test-counts.ts'
import { checkout } from './tool.ts'

type Stage = { command: string; args: string[]; reports: string[] }

const results = join(checkout, '.tideway', 'test-results')
const turboReport = '.turbo/test-results.json'

const foldersIn = (folder: string): string[] =>
  readdirSync(join(checkout, folder)).map((name) => join(folder, name))
const workspaces = ['', 'schemas', ...foldersIn('packages'), ...foldersIn('services')]

const vitest = (project: string, report: string, ...more: string[]): Stage => ({
  command: 'vitest',
  args: [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...more,
  ],
  reports: [report],
})

const stages = {
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
    reports: workspaces.map((workspace) => join(checkout, workspace, turboReport)),
  },
  scripts: vitest('unit', join(checkout, turboReport), 'scripts/'),
  int: vitest('int', join(results, 'int.json')),
  e2e: vitest('e2e', join(results, 'e2e.json')),
} satisfies Record<string, Stage>
type StageName = keyof typeof stages

export const stageNames = Object.keys(stages) as StageName[]
const byDefault: readonly StageName[] = ['unit', 'int', 'e2e']

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

/**
 * A stage that fails without a failed test counts as one failure: something broke outside the
 * tests.
 */
const runStage = async (name: StageName): Promise<TestCounts> => {
  const stage = stages[name]
  for (const report of stage.reports) rmSync(report, { force: true })
  const code = await execute(stage)
  const counts = sum(stage.reports.map(countsIn))
  const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed
  console.log(`\n${name}: ${counts.passed} passed, ${failed} failed\n`)
  return { passed: counts.passed, failed }
}

/** Runs the stages in order and counts their tests. @returns whether every test passed */
export const runStages = async (wanted: readonly StageName[]): Promise<boolean> => {
  mkdirSync(results, { recursive: true })
  const chosen =
    wanted.length === 0 ? byDefault : stageNames.filter((name) => wanted.includes(name))
  const counts: TestCounts[] = []
  for (const name of chosen) counts.push(await runStage(name))
  const { passed, failed } = sum(counts)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0
}
