import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { addressOf } from '../load/connection.ts'
import { type Outcome, type Plan, readLogged, type Taken } from '../load/plan.ts'
import { spawnLoad } from '../load/spawn.ts'
import { cpuPerMessage, processUsage, type Usage } from './usage.ts'

/**
 * One load against one receiver. CPU in microseconds a message by process; `load` is the sender.
 */
export type Row = {
  what: string
  connections: number
  perSecond: number
  p50: number
  p95: number
  p99: number
  notTaken: number
  cpuMicros: Record<string, number>
  residentMiB: Record<string, number>
}

export type Target = { what: string; address: string; usage: () => Usage }

let runs = 0
/** Prefix of hospital numbers and control ids, different for each load of this process. */
const nextRun = () =>
  `B${(Date.now() % 36 ** 4).toString(36).toUpperCase().padStart(4, '0')}${(runs++).toString(36).toUpperCase()}`

export const planFor = (
  address: string,
  connections: number,
  seconds: number,
  more: Partial<Plan> = {},
): Plan => ({
  address: addressOf(address),
  sender: { facility: 'RJZ', admissions: 'PAS', results: 'LIMS' },
  source: 'RJZ',
  connections,
  seconds,
  warmUpSeconds: 2,
  rate: null,
  patients: 1_000,
  told: 0,
  seed: 1,
  run: nextRun(),
  log: null,
  answerWithinMs: 30_000,
  ...more,
})

const rounded = (value: number | undefined) => Math.round((value ?? Number.NaN) * 100) / 100

export const measure = async (
  { what, usage }: Target,
  plan: Plan,
): Promise<{ row: Row; outcome: Outcome }> => {
  const before = usage()
  const load = spawnLoad(plan)
  const outcome = await load.outcome
  const after = usage()
  const cpu = cpuPerMessage(before, after, outcome.acknowledged)
  const row: Row = {
    what,
    connections: plan.connections,
    perSecond: Math.round(outcome.perSecond),
    p50: rounded(outcome.ackMs?.p50),
    p95: rounded(outcome.ackMs?.p95),
    p99: rounded(outcome.ackMs?.p99),
    notTaken: outcome.sent - outcome.acknowledged,
    cpuMicros: {
      ...cpu,
      load: Math.round(
        (outcome.cpuSeconds * 1e6) / Math.max(1, outcome.perSecond * outcome.seconds),
      ),
    },
    residentMiB: Object.fromEntries(
      Object.entries(after).map(([name, { residentMiB }]) => [name, Math.round(residentMiB)]),
    ),
  }
  return { row, outcome }
}

/** The acknowledged messages of a load, read from its log, which is then removed. */
export const takenOf = (log: string): Taken[] => {
  const taken = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(readLogged)
  rmSync(log)
  return taken
}

export const logFileIn = (folder: string): string => join(folder, `load-${nextRun()}.tsv`)

export const singleProcess = (name: string, pid: number | undefined) => (): Usage => {
  const now = processUsage(pid)
  return now === null ? {} : { [name]: now }
}
