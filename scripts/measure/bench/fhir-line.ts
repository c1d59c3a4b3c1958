import { pollUntil } from '../../operate/client/poll.ts'
import { tokenFor } from '../../operate/client/api.ts'
import { type Quantiles, quantiles } from '../load/quantiles.ts'
import type { Changes } from './changes.ts'
import { runAlone } from './child.ts'
import type { BenchStack } from './stack.ts'
import { cpuPerMessage, stackUsage } from './usage.ts'

export type FhirPlan = {
  address: string
  token: string
  corpus: string
  connections: number
  seconds: number
  source: string
  system: string
}
/** Times in milliseconds since 1970 UTC. */
export type FhirTaken = { messageId: string; sentAt: number; answeredAt: number; resources: number }
type Outcome = { taken: FhirTaken[]; notTaken: number; cpuSeconds: number }

/**
 * Bundles of generated patients from HTTP request to readable record. Rates in resources a second,
 * CPU in microseconds a resource.
 */
export type FhirLine = {
  bundles: number
  resources: number
  notTaken: number
  unread: number
  connections: number
  /** Durable and answered. */
  answeredPerSecond: number
  /** From the first Bundle sent until all were readable. */
  readablePerSecond: number
  answerMs: Quantiles | null
  behindMs: number
  cpuMicros: Record<string, number>
}

/** All changes of a message are taken to have arrived after this long without one, milliseconds. */
const quietMs = 2_000
const catchUpMs = 120_000

/** A Bundle becomes readable in parts; it counts as readable when its last part is. */
const whenAllReadable = async (
  taken: readonly FhirTaken[],
  changes: Changes,
): Promise<{ at: number; unread: number }> => {
  const lastOf = () =>
    taken.reduce(
      (most, { messageId }) => Math.max(most, changes.lastReadableAt.get(messageId) ?? 0),
      0,
    )
  const unread = () =>
    taken.filter(({ messageId }) => !changes.lastReadableAt.has(messageId)).length
  await pollUntil(
    async () => unread() === 0 && Date.now() - lastOf() > quietMs,
    (isDone) => isDone,
    catchUpMs,
  )
  return { at: lastOf(), unread: unread() }
}

/**
 * Closed loop: each connection sends its next Bundle once the last is answered. Null without the
 * corpus.
 */
export const fhirLine = async (
  stack: BenchStack,
  changes: Changes,
  corpus: string,
  connections: number,
  seconds: number,
): Promise<FhirLine | null> => {
  const token = await tokenFor(
    stack.parts.issuer,
    { role: 'system', organisation: 'RJZ' },
    stack.env,
    'system/*.cu',
  )
  const before = stackUsage(stack.home.pids)
  const plan: FhirPlan = {
    address: stack.addresses.fhirIngest,
    token,
    corpus,
    connections,
    seconds,
    source: 'RJZ',
    system: 'https://rjz.example/id/patient',
  }
  const { taken, notTaken, cpuSeconds } = await runAlone<Outcome>('fhir-load', plan)
  if (taken.length === 0 && notTaken === 0) return null
  const { at, unread } = await whenAllReadable(taken, changes)
  const resources = taken.reduce((sum, one) => sum + one.resources, 0)
  const began = Math.min(...taken.map(({ sentAt }) => sentAt))
  const ended = Math.max(...taken.map(({ answeredAt }) => answeredAt))
  return {
    bundles: taken.length,
    resources,
    notTaken,
    unread,
    connections,
    answeredPerSecond: (resources * 1000) / (ended - began),
    readablePerSecond: (resources * 1000) / (at - began),
    answerMs: quantiles(taken.map((one) => one.answeredAt - one.sentAt)),
    behindMs: at - ended,
    cpuMicros: {
      ...cpuPerMessage(before, stackUsage(stack.home.pids), resources),
      load: (cpuSeconds * 1e6) / Math.max(resources, 1),
    },
  }
}

/**
 * Resources a second of one processor, for fhir-ingest alone or for everything except the sender.
 */
export const perCore = ({ cpuMicros }: FhirLine, what: 'fhir-ingest' | 'whole line'): number =>
  1e6 /
  Object.entries(cpuMicros).reduce(
    (sum, [name, micros]) =>
      sum + (name === 'load' || (what !== 'whole line' && name !== what) ? 0 : micros),
    0,
  )
