import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { tokenFor } from '../../operate/client/api.ts'
import { ensureStack } from '../../operate/client/ensure-stack.ts'
import { openStores } from '../../operate/client/stores.ts'
import { type Addresses, readAddresses, requireAddresses } from '../../stack/addresses.ts'
import { homeOf } from '../../stack/home.ts'
import { addressOf } from '../load/connection.ts'
import type { Taken } from '../load/plan.ts'
import { randomOf } from '../load/random.ts'
import { spawnLoad } from '../load/spawn.ts'
import { fhirLoad } from './fhir-load.ts'
import { type Kill, killAndWait, ownedBy } from './kill.ts'
import { openReader } from './read-message.ts'
import { type ActDone, operatorActs, perform } from './operator-acts.ts'
import { report } from './report.ts'
import { victims } from './schedule.ts'
import { readTaken } from './taken.ts'
import { faultCount, verify } from './verify.ts'
import { watchCompleteness } from './watch-complete.ts'

export type ChaosOptions = {
  minutes: number
  /** HL7 messages a second. */
  rate: number
  /** FHIR Bundles a second. */
  fhirRate: number
  connections: number
  patients: number
  seed: number
}

const services = ['hl7-ingest', 'fhir-ingest', 'archiver', 'projector', 'record-api']
const parts = ['kafka', 'registry', 'mongodb', 's3', 'issuer']
const names = [...services, ...parts]
const ods = 'RJZ'
const fhirConnections = 4
const catchUpMs = 900_000
/** Time without a kill after each recovery. */
const calmMs = { least: 3_000, most: 9_000 }

type Run = { addresses: Addresses; options: ChaosOptions; id: string; log: string }

const startLoad = ({ addresses, options, id, log }: Run) =>
  spawnLoad({
    address: addressOf(requireAddresses(addresses, 'mllp').mllp),
    sender: { facility: ods, admissions: 'PAS', results: 'LIMS' },
    source: ods,
    connections: options.connections,
    seconds: options.minutes * 60,
    warmUpSeconds: 0,
    rate: options.rate,
    patients: options.patients,
    told: 0,
    seed: options.seed,
    run: id,
    log,
    answerWithinMs: 15_000,
  })

const startFhirLoad = ({ addresses, options, id }: Run, env: NodeJS.ProcessEnv, taken: Taken[]) => {
  const { issuer, fhirIngest } = requireAddresses(addresses, 'issuer', 'fhirIngest')
  const plan = {
    address: fhirIngest,
    token: () => tokenFor(issuer, { role: 'system', organisation: ods }, env, 'system/*.cu'),
    source: ods,
    systems: { patient: 'https://rjz.example/id/patient', report: 'https://rjz.example/id/report' },
    connections: fhirConnections,
    rate: options.fhirRate,
    seconds: options.minutes * 60,
    run: id,
  }
  return fhirLoad(plan, taken)
}

const killLine = ({ at, recoveredMs }: Kill, targets: readonly string[]): string => {
  const outcome =
    recoveredMs === null
      ? 'NOT READY AGAIN'
      : `all ready after ${(recoveredMs / 1000).toFixed(1)} s`
  return `  ${new Date(at).toISOString().slice(11, 19)}  kill -9 ${targets.join(' and ')}: ${outcome}`
}

const actLine = ({ name, isDone, ms }: ActDone) =>
  `  ${new Date().toISOString().slice(11, 19)}  ${name}: ${isDone ? 'done' : 'FAILED'} in ${(ms / 1000).toFixed(1)} s`

/** Kills services and parts, and does what operators do, until the time is over. */
const disturb = async (home: string, { addresses, options, log }: Run, env: NodeJS.ProcessEnv) => {
  const random = randomOf(options.seed)
  const began = Date.now()
  const length = options.minutes * 60_000
  const acts = operatorActs(addresses, env, `${log}.commands`)
  const due = acts.map((act, index) => ({ act, at: began + (length * (index + 1)) / 4 }))
  const kills: Kill[] = []
  const done: ActDone[] = []
  const actDue = async (now: number): Promise<void> => {
    while (due[0] !== undefined && due[0].at <= now) {
      const [{ act }] = due.splice(0, 1) as [(typeof due)[number]]
      const one = await perform(act, addresses.health)
      done.push(one)
      console.log(actLine(one))
    }
  }
  await pause(calmMs.most)
  for (const targets of victims(ownedBy(home, names), random)) {
    if (Date.now() - began > length) break
    await actDue(Date.now())
    const kill = await killAndWait(home, addresses.health, targets)
    kills.push(kill)
    console.log(killLine(kill, targets))
    await pause(calmMs.least + random() * (calmMs.most - calmMs.least))
  }
  await actDue(Number.POSITIVE_INFINITY)
  return { kills, acts: done }
}

/**
 * Kills parts of the stack under load, rebuilds and restores it, waits until the line is idle and
 * compares what was acknowledged with the archive, the ledger and the record; and, all the while,
 * with the answers that say that they are complete.
 *
 * @returns whether every acknowledged message is there exactly once, no answer claimed what it did
 *   not have, and every part recovered
 */
export const runChaos = async (env: NodeJS.ProcessEnv, options: ChaosOptions): Promise<boolean> => {
  const endStack = await ensureStack(env)
  const home = homeOf(env).root
  const id = `C${Date.now().toString(36).toUpperCase().slice(-7)}`
  const log = join(home, `chaos-${id}.tsv`)
  const run = { addresses: readAddresses(env), options, id, log }
  const { minutes, rate, connections, fhirRate, seed } = options
  console.log(
    `chaos ${id}: ${minutes} minutes, ${rate} messages/s over ${connections} connections, ${fhirRate} Bundles/s, seed ${seed}, log ${log}`,
  )
  const load = startLoad(run)
  const acceptedBundles: Taken[] = []
  const fhir = startFhirLoad(run, env, acceptedBundles)
  // A failure before the load is awaited is reported when it is.
  fhir.catch(() => undefined)
  const watching = watchCompleteness(run.addresses, env, log, acceptedBundles)
  const { kills, acts } = await disturb(home, run, env)
  const [outcome, bundles] = await Promise.all([load.outcome, fhir])
  const taken = readTaken(log)
  for (const bundle of bundles.taken) taken.set(bundle.messageId, bundle)
  console.log(
    `  load ended, ${taken.size} messages acknowledged, ${bundles.taken.length} of them Bundles; waiting until the line is idle`,
  )
  const stores = await openStores(run.addresses, env)
  const verdict = await verify(stores, taken, await openReader(ods), catchUpMs)
  const watched = await watching.end()
  await stores.close()
  await endStack()
  const disturbed = { kills, acts, watched }
  console.log(`\n${report(disturbed, outcome, bundles, taken.size, verdict)}`)
  const neverBack = kills.filter(({ recoveredMs }) => recoveredMs === null).length
  const notDone = acts.filter(({ isDone }) => !isDone).length
  const faults = faultCount(verdict) + watched.wrong.length + neverBack + notDone
  return faults === 0 && taken.size > 0 && watched.answers.complete > 0
}
