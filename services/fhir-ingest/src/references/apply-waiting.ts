import { fault } from '../errors.ts'
import { type Encode, messageRecords } from '@tideway/ingest/message-records'
import type { Upload } from '@tideway/ingest/large-payloads'
import type { Outgoing } from '@tideway/kafka/client'
import type { Problem, WaitingMessage } from '@tideway/schemas/events.generated'
import type { FhirReceipt, NormalisedFhir } from '../normalise/normalised.ts'
import { problemOf } from '../normalise/conclude.ts'
import { isParked } from '../outcomes.ts'
import {
  type Keyed,
  parkedRecord,
  resourcesRecord,
  settledRecord,
  waitingRecord,
} from './records.ts'
import type { Waiting } from './waiting-messages.ts'

/** What is to be durable next, of a message that waited. */
export type Applied = {
  outcome: 'applied' | 'refused' | 'given-up' | 'waits'
  records: Outgoing[]
  /** For `fhir-resources.v1`, in order. */
  keyed: Keyed[]
  uploads: Upload[]
}

type How = { traceparent: string; at: number; encode: Encode }

/** A message that waited, as it was received, to be normalised again. */
export const receiptOf = (
  { client, message }: Waiting,
  bytes: Buffer,
  source: FhirReceipt['source'],
): FhirReceipt => ({
  source,
  bytes,
  receivedAt: message.receivedAt,
  messageId: message.messageId,
  isConditional: message.isConditional,
  submitter: { client, method: message.method as 'POST' | 'PUT', base: message.base },
})

/** Whether a message is to wait: nothing but what is not sent yet stops it. */
export const isAwaiting = ({ awaits, sent, faults }: NormalisedFhir): boolean =>
  awaits.length > 0 &&
  [...faults, ...(sent?.entries ?? []).flatMap((entry) => entry.faults)].some(
    ({ code }) => code === 'UNRESOLVED_REFERENCE',
  )

const over = (
  waiting: Waiting,
  problem: Problem,
  outcome: Applied['outcome'],
  { at, traceparent, encode }: How,
): Applied => ({
  outcome,
  records: [parkedRecord(waiting, 'PARKED', problem, at, traceparent, encode)],
  keyed: [settledRecord(waiting)],
  uploads: [],
})

/** A message whose time is over: it stays parked, and waits no longer. */
export const giveUp = (waiting: Waiting, how: How): Applied =>
  over(
    waiting,
    problemOf([fault('REFERENCE_GIVEN_UP', waiting.message.place)]) as Problem,
    'given-up',
    how,
  )

const waitsOn = (waiting: Waiting, names: readonly string[]): Applied => {
  const isTheSame = names.join(' ') === waiting.message.names.join(' ')
  const message: WaitingMessage = { ...waiting.message, names: [...names] }
  return {
    outcome: 'waits',
    records: [],
    keyed: isTheSame ? [] : [waitingRecord(waiting, message)],
    uploads: [],
  }
}

/**
 * What a message that waited comes to, normalised again: its events with their first receive time,
 * or why there are none.
 */
export const applied = (
  waiting: Waiting,
  bytes: Buffer,
  normalised: NormalisedFhir,
  how: How,
): Applied => {
  if (isAwaiting(normalised)) return waitsOn(waiting, normalised.awaits)
  const { at, traceparent, encode } = how
  const { source, client, message } = waiting
  const { receivedAt, payload } = message
  const { stated } = normalised
  const received = { source, bytes, payload, connection: '', receivedAt, traceparent, answered: '' }
  const { records, problem } = messageRecords(received, normalised, encode, isParked)
  if (problem !== null) return over(waiting, problem, 'refused', how)
  const released = { code: 'UNRESOLVED_REFERENCE', place: message.place }
  return {
    outcome: 'applied',
    records: [
      ...records.filter(({ topic }) => topic === 'patientEvents'),
      parkedRecord(waiting, 'RELEASED', released, at, traceparent, encode),
    ],
    keyed: [
      ...(stated.length === 0 ? [] : [resourcesRecord({ source, client }, stated)]),
      settledRecord(waiting),
    ],
    uploads: normalised.attachments,
  }
}
