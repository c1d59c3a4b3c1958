import type { RunInSlices } from '@tideway/fhir/cooperative-scheduler'
import type { Upload } from '@tideway/ingest/large-payloads'
import type { Encode } from '@tideway/ingest/message-records'
import type { Outgoing } from '@tideway/kafka/client'
import type { ObjectStore } from '@tideway/object-store/client'
import type { Log } from '@tideway/runtime/log'
import type { Tracing } from '@tideway/runtime/tracing'
import type { FhirSource } from '@tideway/schemas/source'
import type { StatedNumber } from '../normalise/message.ts'
import type { FhirMeter } from '../meter.ts'
import { normalising } from '../normalise/normalise.ts'
import type { FhirRules } from '../normalise/normalised.ts'
import { type Applied, applied, giveUp, receiptOf } from './apply-waiting.ts'
import { claimed } from './claims.ts'
import { type Keyed, outgoingOf } from './records.ts'
import type { View } from './view.ts'
import type { Waiting } from './waiting-messages.ts'

export type SettlePorts = {
  view: View
  rules: FhirRules
  /** Those in use now. */
  sources: () => readonly FhirSource[]
  encode: Encode
  runInSlices: RunInSlices
  store: Pick<ObjectStore, 'get'>
  tracing: Tracing
  meter: Pick<FhirMeter, 'waited'>
  log: Log
}

type Effects = {
  /** Milliseconds since 1970 UTC. */
  now: () => number
  makeDurable: (records: readonly Outgoing[], uploads?: Upload[]) => Promise<void>
  note: (all: readonly Keyed[]) => void
}

/**
 * Applies a message that waits, if what it waits for is known; gives it up if its time is over.
 * Its events are durable before it no longer waits.
 *
 * @returns whether to try again: something was not durable
 */
export const settling = (
  { view, rules, sources, encode, runInSlices, store, tracing, meter, log }: SettlePorts,
  { now, makeDurable, note }: Effects,
): ((messageId: string) => Promise<boolean>) => {
  const outcomeOf = async (
    waiting: Waiting,
    traceparent: string,
    claims: StatedNumber[],
  ): Promise<Applied | null> => {
    const { message, client } = waiting
    const how = { traceparent, at: now() * 1000, encode }
    const isLate = message.until < now() * 1000
    const source = sources().find(({ ods }) => ods === waiting.source)
    const bytes = message.bytes ?? (await store.get(message.payload?.object ?? ''))
    if (source === undefined || bytes === null) return isLate ? giveUp(waiting, how) : null
    const known = (name: string) => view.find(client, name)
    const receipt = { ...receiptOf(waiting, bytes, source), known }
    const outcome = await claimed(
      () => runInSlices(normalising(receipt, rules)),
      ({ numbers }) => view.claim(client, message.messageId, numbers),
    )
    claims.push(...outcome.numbers)
    const result = applied(waiting, bytes, outcome, how)
    return isLate && result.outcome === 'waits' ? giveUp(waiting, how) : result
  }

  return async (messageId) => {
    const waiting = view.waitingMessage(messageId)
    if (waiting === null) return false
    const span = tracing.span('apply', null)
    const claims: StatedNumber[] = []
    try {
      const result = await outcomeOf(waiting, span.traceparent, claims)
      if (result === null) return false
      const { outcome, records, keyed, uploads } = result
      if (records.length > 0) await makeDurable(records, uploads)
      if (keyed.length > 0) await makeDurable(keyed.map((one) => outgoingOf(one, encode)))
      note(keyed)
      if (outcome === 'waits') return false
      meter.waited(waiting.source, outcome)
      log.info({ messageId, source: waiting.source, outcome }, 'waited')
      return false
    } catch (cause) {
      log.warn({ cause, messageId }, 'a message that waits was not applied, trying again')
      return true
    } finally {
      view.release(waiting.client, messageId, claims)
      span.end()
    }
  }
}
