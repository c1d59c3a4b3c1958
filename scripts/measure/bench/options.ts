import { InvalidArgumentError } from '@commander-js/extra-typings'
import { defineCommand, positiveNumber, wholeNumber } from '../../operate/command-line.ts'
import type { Settings } from './parts.ts'

const parts = [
  ...(['ack', 'pipeline', 'latency', 'normalise'] as const),
  ...(['growth', 'queries', 'fhir', 'peers'] as const),
] as const
type Part = (typeof parts)[number]

const isPart = (name: string): name is Part => (parts as readonly string[]).includes(name)

const addParts = (text: string, before: readonly Part[] = []): Part[] => {
  const names = text.split(/[|,]/)
  if (!names.every(isPart)) throw new InvalidArgumentError(`Parts are ${parts.join(', ')}.`)
  return [...before, ...names]
}
const connectionCounts = (text: string): number[] => text.split(',').map(wholeNumber(1, 10_000))
const count = wholeNumber(1, 100_000_000)

/** The command line of the benchmark, without an action. */
export const benchCommand = () =>
  defineCommand({
    name: 'npm run bench --',
    purpose:
      'Measures receiving, the whole line and reading on a stack of its own with fresh data under TIDEWAY_HOME/bench, and writes bench.json. The document store is that of TIDEWAY_MONGODB; pipeline, latency and queries are measured again on the default store. Peers are in PEERS_DIR, else ../shared/peers.',
    examples: ['npm run bench', 'npm run bench -- ack latency --seconds 4'],
  })
    .argument(
      '[part...]',
      'what to measure: ack, pipeline, latency, normalise, growth, queries, fhir, peers; everything if none is given',
      addParts,
      [],
    )
    .option('--seconds <number>', 'length of one load', positiveNumber, 8)
    .option(
      '--rounds <number>',
      'rounds of the comparison with the peer; the median counts',
      wholeNumber(1, 100),
      3,
    )
    .option(
      '--connections <list>',
      'numbers of MLLP connections, separated by commas',
      connectionCounts,
      [1, 8, 32, 128],
    )
    .option(
      '--rate <number>',
      'messages a second for latency and growth without pipeline',
      positiveNumber,
    )
    .option('--patients <number>', 'patients at the end of growth', count, 1_000_000)
    .option('--history <number>', 'reports of one patient at the end of growth', count, 100_000)
    .option('--messages <number>', 'messages at the end of queries', count, 1_000_000)
    .option('--default-messages <number>', 'the same on the default store', count, 1_000_000)
    .option(
      '--reads <number>',
      'reads a second over HTTP; a tenth on the default store',
      positiveNumber,
      200,
    )
    .option('--one-store', 'do not measure the default store')
    .option('--profile', 'record where the services spend processor time, which slows them')

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
 * Reads the command line.
 *
 * @throws CommanderError if a part or an option is unknown, or a number is none
 */
export const readOptions = (args: readonly string[]): Options => {
  const command = benchCommand().parse(args, { from: 'user' })
  const [wanted] = command.processedArgs
  const values = command.opts()
  return {
    has: (part) => wanted.length === 0 || wanted.includes(part),
    isFhirAlone: wanted.length === 1 && wanted[0] === 'fhir',
    settings: {
      seconds: values.seconds,
      rounds: values.rounds,
      connections: values.connections,
      patientSizes: sizesBetween(1_000, values.patients),
      historySizes: sizesBetween(100, values.history),
    },
    rate: values.rate ?? null,
    messages: values.messages,
    defaultMessages: values.defaultMessages,
    reads: values.reads,
    oneStore: values.oneStore === true,
    profile: values.profile === true,
  }
}
