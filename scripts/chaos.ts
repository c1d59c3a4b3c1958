import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { homeOf, readAddresses, requireAddresses } from './stack/addresses.ts'
import { tokenFor } from './operate/client/api.ts'
import { ensureStack } from './operate/client/ensure-stack.ts'
import { openStores } from './operate/client/stores.ts'
import { addressOf } from './measure/load/connection.ts'
import { randomOf } from './measure/load/random.ts'
import { spawnLoad } from './measure/load/spawn.ts'
import { fhirLoad } from './measure/chaos/fhir-load.ts'
import { type Kill, killAndWait } from './measure/chaos/kill.ts'
import { openReader } from './measure/chaos/read-message.ts'
import { report } from './measure/chaos/report.ts'
import { victims } from './measure/chaos/schedule.ts'
import { readTaken } from './measure/chaos/taken.ts'
import { faultCount, verify } from './measure/chaos/verify.ts'

const names = ['hl7-ingest', 'fhir-ingest', 'archiver', 'projector', 'record-api', 'kafka']
const catchUpMs = 900_000
/** Undisturbed between recovery and the next kill. */
const calmMs = { least: 3_000, most: 9_000 }

const usage = `npm run chaos -- [--minutes 5] [--rate 100] [--fhir-rate 10] [--connections 16] [--patients 300] [--seed N]
Loads the stack of TIDEWAY_HOME (started if it does not run) with HL7 v2 and FHIR, and kills -9 each service and the broker, in turn and at random;
then every acknowledged message must be in the archive, in the ledger and in the record exactly once. Exit 1 if not.
--rate, --fhir-rate: messages and Bundles a second in all; keep it below what the document store sustains, or the wait at the end is long.
`

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    rate: { type: 'string', default: '100' },
    'fhir-rate': { type: 'string', default: '10' },
    connections: { type: 'string', default: '16' },
    patients: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  process.stdout.write(usage)
  process.exit(0)
}

const seconds = Number(values.minutes) * 60
const seed = Number(values.seed)
const endStack = await ensureStack(process.env)
const addresses = readAddresses(process.env)
const home = homeOf(process.env)
const ods = 'RJZ'
const run = `C${Date.now().toString(36).toUpperCase().slice(-7)}`
const log = join(home, `chaos-${run}.tsv`)
console.log(
  `chaos ${run}: ${values.minutes} minutes, ${values.rate} messages/s over ${values.connections} connections, ${values['fhir-rate']} Bundles/s, seed ${seed}, log ${log}`,
)

const load = spawnLoad({
  address: addressOf(requireAddresses(addresses, 'mllp').mllp),
  sender: { facility: ods, admissions: 'PAS', results: 'LIMS' },
  source: ods,
  connections: Number(values.connections),
  seconds,
  warmUpSeconds: 0,
  rate: Number(values.rate),
  patients: Number(values.patients),
  told: 0,
  seed,
  run,
  log,
  answerWithinMs: 15_000,
})

const { issuer, fhirIngest } = requireAddresses(addresses, 'issuer', 'fhirIngest')
const fhir = fhirLoad({
  address: fhirIngest,
  token: () => tokenFor(issuer, { role: 'system', organisation: ods }, process.env, 'system/*.cu'),
  source: ods,
  systems: { patient: 'https://rjz.example/id/patient', report: 'https://rjz.example/id/report' },
  connections: 4,
  rate: Number(values['fhir-rate']),
  seconds,
  run,
})

// A load that fails before it is waited for is told of when it is.
fhir.catch(() => undefined)

const random = randomOf(seed)
const kills: Kill[] = []
const until = Date.now() + seconds * 1000
await pause(calmMs.most)
for (const targets of victims(names, random)) {
  if (Date.now() > until) break
  const kill = await killAndWait(home, addresses.health, targets)
  kills.push(kill)
  console.log(
    `  ${new Date(kill.at).toISOString().slice(11, 19)}  kill -9 ${targets.join(' and ')}: ${kill.recoveredMs === null ? 'NOT READY AGAIN' : `all ready after ${(kill.recoveredMs / 1000).toFixed(1)} s`}`,
  )
  await pause(calmMs.least + random() * (calmMs.most - calmMs.least))
}

const [outcome, bundles] = await Promise.all([load.outcome, fhir])
const taken = readTaken(log)
for (const bundle of bundles.taken) taken.set(bundle.messageId, bundle)
console.log(
  `  load ended, ${taken.size} messages taken, ${bundles.taken.length} of them Bundles; waiting until the line is quiet`,
)
const stores = await openStores(addresses, process.env)
const verdict = await verify(stores, taken, await openReader(ods), catchUpMs)
await stores.close()
await endStack()
console.log(`\n${report(kills, outcome, bundles, taken.size, verdict)}`)
const neverBack = kills.filter(({ recoveredMs }) => recoveredMs === null).length
process.exitCode = faultCount(verdict) + neverBack === 0 && taken.size > 0 ? 0 : 1
