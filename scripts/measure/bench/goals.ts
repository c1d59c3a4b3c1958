import { perCore } from './fhir-line.ts'
import type { Grown } from './growth.ts'
import type { QueryResults } from './queries/measure-queries.ts'
import { ledgerRead, recordRead } from './queries/read-names.ts'
import { hapiWithKafka } from './peers/servers.ts'
import { tenResultsName } from './alone/samples.ts'
import type { Row } from './measure.ts'
import type { Results } from './results.ts'

export type Goal = { goal: string; measured: string; holds: boolean | null }

const at = (rows: readonly Row[] | undefined, what: string, connections: number): number | null =>
  rows?.find((row) => row.connections === connections && row.what === what)?.perSecond ?? null

const ratio = (
  goal: string,
  value: number | null | undefined,
  base: number | null | undefined,
  least: number,
): Goal =>
  value == null || base == null || base === 0
    ? { goal, measured: 'not measured', holds: null }
    : {
        goal,
        measured: `${(value / base).toFixed(2)} (${Math.round(value)} to ${Math.round(base)})`,
        holds: value / base >= least,
      }

const limit = (goal: string, value: number | null | undefined, most: number, unit: string): Goal =>
  value == null
    ? { goal, measured: 'not measured', holds: null }
    : { goal, measured: `${Math.round(value)} ${unit}`, holds: value <= most }

/** CPU of the projector and of the store for one message, which must not grow. */
const cost = ({ cpuMicros }: Grown) => (cpuMicros['projector'] ?? 0) + (cpuMicros['mongodb'] ?? 0)
const flatWithin = 1.5

const flat = (goal: string, grown: readonly Grown[] | undefined): Goal => {
  const [first, last] = [grown?.[0], grown?.at(-1)]
  if (first === undefined || last === undefined || first === last)
    return { goal, measured: 'not measured', holds: null }
  const times = cost(last) / cost(first)
  return {
    goal,
    measured: `${times.toFixed(2)} times from ${first.size.toLocaleString('en-GB')} to ${last.size.toLocaleString('en-GB')}`,
    holds: times <= flatWithin,
  }
}

/** Rate of the slowest message type whose name starts with `begins`. */
const slowest = (results: Results, begins: string): number | null => {
  const rates =
    results.normaliseByType
      ?.filter(({ what }) => what.startsWith(begins))
      .map(({ normalise }) => normalise) ?? []
  return rates.length === 0 ? null : Math.min(...rates)
}

/** Connections at which we are compared with the peers. */
export const compared = 32
/** Our rate and the peer's, measured in the same rounds. */
const beside = (rows: readonly Row[] | undefined): [number | null, number | null] => {
  const own = rows?.find(({ what }) => what !== hapiWithKafka)?.what ?? ''
  return [at(rows, own, compared), at(rows, hapiWithKafka, compared)]
}
const leastOf = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : Math.min(a, b)

/** How long reads take on one store: one at a time, as the ledger grows, and under load. */
const readGoals = ({ store, sizes, timed, reads }: QueryResults): Goal[] => {
  const most = sizes.at(-1)
  const at = (name: string, size: number | undefined) =>
    timed.find((row) => row.name === name && row.size === size)
  const where = `on ${store} at ${most?.toLocaleString('en-GB')} messages`
  const grows = (name: string): Goal => {
    const [first, last] = [at(name, sizes[0]), at(name, most)]
    const goal = `CPU of the store for ${name} ${where}: within ${flatWithin} times`
    if (first === undefined || last === undefined || first === last)
      return { goal, measured: 'not measured', holds: null }
    const times = last.storeCpuMs / first.storeCpuMs
    return {
      goal,
      measured: `${times.toFixed(2)} times`,
      holds: times <= flatWithin || last.storeCpuMs < 1,
    }
  }
  return [
    limit(`the record ${where}, p50: 50 ms`, at(recordRead, most)?.p50, 50, 'ms'),
    limit(`the ledger by control id ${where}, p50: 20 ms`, at(ledgerRead, most)?.p50, 20, 'ms'),
    grows(recordRead),
    grows(ledgerRead),
    ...(['p50', 'p95', 'p99'] as const).flatMap((share) => [
      limit(
        `the record ${where}, at ${reads.rate} mixed reads/s, ${share}: ${recordLimits[share]} ms`,
        reads.record?.[share],
        recordLimits[share],
        'ms',
      ),
      limit(
        `the ledger ${where}, at ${reads.rate} mixed reads/s, ${share}: ${ledgerLimits[share]} ms`,
        reads.ledger?.[share],
        ledgerLimits[share],
        'ms',
      ),
    ]),
  ]
}
const recordLimits = { p50: 50, p95: 150, p99: 300 }
const ledgerLimits = { p50: 20, p95: 75, p99: 150 }

/**
 * Every goal, with what this run measured and whether it holds. Peers are compared at 32
 * connections, in alternating rounds.
 */
export const goals = (results: Results): Goal[] => {
  const broker = results.brokerAlone?.rows.find(({ callers }) => callers === compared)?.perSecond
  const { normalise: rates, latency, fhirLine: fhir } = results
  return [
    ratio(
      'durable acknowledgements, ingest alone, over HAPI with Kafka: 2',
      ...beside(results.ackAlone),
      2,
    ),
    ratio(
      'durable acknowledgements, whole line, over HAPI with Kafka: 1.2',
      ...beside(results.ackPipeline),
      1.2,
    ),
    ratio(
      'end to end sustained over the slower of broker and store alone: 0.6',
      results.sustained?.perSecond,
      leastOf(broker, results.storeAlone?.perSecond),
      0.6,
    ),
    ratio(
      'normalising over HAPI typed parse, one thread: 1',
      rates?.normalise,
      rates?.hapiTyped,
      1,
    ),
    ratio(
      'normalising over LinuxForHealth, one thread: 50',
      rates?.normalise,
      rates?.linuxForHealth,
      50,
    ),
    ratio('normalising, messages a second a core: 5,000', rates?.normalise, 5_000, 1),
    ratio(
      'normalising the slowest ADT sample, a second a core: 5,000',
      slowest(results, 'ADT'),
      5_000,
      1,
    ),
    ratio(
      'normalising a result with ten observations, a second a core: 2,000',
      slowest(results, tenResultsName),
      2_000,
      1,
    ),
    ratio(
      'normalising FHIR and encoding it, resources of generated patients a second a core: 2,000',
      results.normaliseFhir?.normaliseAndEncode,
      2_000,
      1,
    ),
    ratio(
      'FHIR received and durable, resources a second a core of fhir-ingest: 2,000',
      fhir && perCore(fhir, 'fhir-ingest'),
      2_000,
      1,
    ),
    ratio(
      'FHIR from request to record, resources a second a core of the whole line: 2,000',
      fhir && perCore(fhir, 'whole line'),
      2_000,
      1,
    ),
    limit(
      'wire to readable p95 at half the sustained rate: 250 ms',
      latency?.readable.quantiles?.p95,
      250,
      'ms',
    ),
    limit(
      'wire to readable p99 at half the sustained rate: 500 ms',
      latency?.readable.quantiles?.p99,
      500,
      'ms',
    ),
    limit('ACK p99 at half the sustained rate: 50 ms', latency?.row.p99, 50, 'ms'),
    flat('cost of a message as patients grow: within 1.5 times', results.patients),
    flat("cost of a message as one patient's history grows: within 1.5 times", results.history),
    ratio(
      'end to end sustained over two thirds of the spike (1,400/s): 1',
      results.sustained?.perSecond,
      1_400,
      1,
    ),
    ...(results.queries ?? []).flatMap(readGoals),
  ]
}
