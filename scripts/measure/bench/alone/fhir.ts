import { isParked } from '@tideway/fhir-ingest/outcomes'
import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import { messageRecords } from '@tideway/ingest/message-records'
import { openFhirRules } from '../../coverage/fhir-reader.ts'
import { fhirSenderOf } from '../../coverage/fhir-sender.ts'
import { generatedBundles } from '../synthea.ts'
import { encodeForLog } from './encode.ts'

// `node fhir.ts '{"seconds": 5, "runs": 3, "corpus": "..."}'`: one thread, Bundles of generated
// patients parsed as JSON only, normalised to events, and encoded for the log. Resources a second
// of one processor; nothing is measured without the corpus.
const { seconds, runs, corpus } = JSON.parse(process.argv[2] ?? '{}') as {
  seconds: number
  runs: number
  corpus: string
}
const receivedAt = 1_800_000_000_000_000

type Bundle = { bytes: Buffer; resources: number; source: ReturnType<typeof fhirSenderOf> }

const rules = await openFhirRules()

const events = ({ bytes, source }: Bundle) => normalise({ source, bytes, receivedAt }, rules)
const records = (bundle: Bundle) =>
  messageRecords(
    {
      source: bundle.source.ods,
      bytes: bundle.bytes,
      payload: null,
      connection: 'bench',
      receivedAt,
      traceparent: '',
      answered: '200',
    },
    events(bundle),
    encodeForLog,
    isParked,
  ).records.length

const bundles = generatedBundles(corpus).map(
  ({ bytes, json, resources }): Bundle => ({ bytes, resources, source: fhirSenderOf(json) }),
)
const resources = bundles.reduce((sum, bundle) => sum + bundle.resources, 0)

/** Counts CPU time, not elapsed time, so that other load on the machine does not matter. */
const rateOf = (work: (bundle: Bundle) => unknown): number => {
  const [began, spent] = [performance.now(), process.cpuUsage()]
  let count = 0
  while (performance.now() - began < seconds * 1000) {
    for (const bundle of bundles) work(bundle)
    count += resources
  }
  const { user, system } = process.cpuUsage(spent)
  return (count * 1_000_000) / (user + system)
}
const median = (work: (bundle: Bundle) => unknown): number => {
  rateOf(work)
  return Array.from({ length: runs }, () => rateOf(work)).sort((a, b) => a - b)[runs >> 1] as number
}

const measured = () => ({
  bundles: bundles.length,
  resources,
  parse: median(({ bytes }) => JSON.parse(bytes.toString())),
  normalise: median(events),
  normaliseAndEncode: median(records),
})
console.log(JSON.stringify({ measured: bundles.length === 0 ? null : measured() }))
