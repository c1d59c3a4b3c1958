import { parseArgs } from 'node:util'
import type { Settings } from './parts.ts'

const names = [
  ...(['ack', 'pipeline', 'latency', 'normalise'] as const),
  ...(['growth', 'queries', 'fhir', 'peers'] as const),
] as const
type Part = (typeof names)[number]

const usage = `npm run bench -- [PART...] [OPTION...]

Measures the parts named, else all of them, on a stack of its own with fresh data under
TIDEWAY_HOME/bench. The document store is as TIDEWAY_MONGODB says; the pipeline, latency and queries
parts are measured again on the default store.

  ack        acknowledgements, ingest alone and with the whole line running
  pipeline   the rate that the record keeps up with, and what binds it
  latency    from the socket write to the answer and to the record, at half that rate
  normalise  normalising alone, by message type and for FHIR
  growth     what a message costs as patients, and one patient's history, grow
  queries    every query of every service as the ledger grows, and reads over HTTP
  fhir       Bundles over HTTP, from the request to the record
  peers      other receivers and parsers, side by side; they are in PEERS_DIR, else ../shared/peers

  --seconds N               length of one load; some parts take two or three times as long (8)
  --rounds N                rounds at the number of connections that is compared with the peer; the
                            middle one counts (3)
  --connections N,...       senders side by side (1,8,32,128)
  --rate N                  messages a second for latency and growth, if pipeline is not measured
  --patients N              patients that growth ends with (1000000)
  --history N               reports of one patient that growth ends with (100000)
  --messages N              messages that queries ends with (1000000)
  --default-messages N      the same on the default store, which is filled more slowly (200000)
  --reads N                 mixed reads a second over HTTP; a tenth of it on the default store (200)
  --one-store               leaves out the default store
  --profile                 where hl7-ingest, fhir-ingest and projector spend their processor, which
                            slows them
`
const options = {
  seconds: { type: 'string', default: '8' },
  rounds: { type: 'string', default: '3' },
  connections: { type: 'string', default: '1,8,32,128' },
  patients: { type: 'string', default: '1000000' },
  history: { type: 'string', default: '100000' },
  messages: { type: 'string', default: '1000000' },
  'default-messages': { type: 'string', default: '200000' },
  reads: { type: 'string', default: '200' },
  rate: { type: 'string' },
  'one-store': { type: 'boolean', default: false },
  profile: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

export type Options = {
  /** Whether a part was asked for. */
  has: (part: Part) => boolean
  /** Whether nothing but FHIR was asked for, so that HL7 v2 need not start. */
  isFhirAlone: boolean
  settings: Settings
  /** Messages a second for latency and growth; null: half of what pipeline measured. */
  rate: number | null
  messages: number
  defaultMessages: number
  reads: number
  oneStore: boolean
  profile: boolean
}

/** Powers of ten from `least` on, and `most`. */
const sizesBetween = (least: number, most: number): number[] => [
  ...[100, 1_000, 10_000, 100_000, 1_000_000].filter((size) => size >= least && size < most),
  most,
]

/**
 * Reads the command line; prints the usage and ends the process if it is asked for, or if a part is
 * unknown.
 *
 * @throws TypeError if an option is unknown
 */
export const readOptions = (args: string[]): Options => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const wanted = positionals.flatMap((text) => text.split(/[|,]/))
  const unknown = wanted.filter((name) => !(names as readonly string[]).includes(name))
  if (values.help || unknown.length > 0) {
    process.stdout.write(usage)
    process.exit(unknown.length > 0 ? 2 : 0)
  }
  return {
    has: (part) => wanted.length === 0 || wanted.includes(part),
    isFhirAlone: wanted.length === 1 && wanted[0] === 'fhir',
    settings: {
      seconds: Number(values.seconds),
      rounds: Number(values.rounds),
      connections: values.connections.split(',').map(Number),
      patientSizes: sizesBetween(1_000, Number(values.patients)),
      historySizes: sizesBetween(100, Number(values.history)),
    },
    rate: values.rate === undefined ? null : Number(values.rate),
    messages: Number(values.messages),
    defaultMessages: Number(values['default-messages']),
    reads: Number(values.reads),
    oneStore: values['one-store'],
    profile: values.profile,
  }
}
