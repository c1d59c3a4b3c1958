import type { Encode, ReceivedMessage } from '@tideway/ingest/message-records'
import type { Outgoing } from '@tideway/kafka/client'
import type { ResourceKnown, WaitingMessage } from '@tideway/schemas/events.generated'
import type { FhirReceipt, NormalisedFhir } from '../normalise/normalised.ts'
import type { SealedMessage } from '../seal.ts'
import { isAwaiting } from './apply-waiting.ts'
import type { Submitter } from './known-resource.ts'
import { type Keyed, outgoingOf, resourcesRecord, waitingRecord } from './records.ts'

/** Hours a message waits where its source file does not say. */
export const waitsHours = 72

const microsecondsPerHour = 3_600_000_000

/** What is to be remembered of a message. */
export type Remembered = {
  keyed: Keyed[]
  /** Made durable with the message. */
  along: Outgoing[]
  /**
   * Made durable once the message is: if a resource that moved were known with its new patient
   * before it is withdrawn from the old, a retry would not withdraw it.
   */
  after: Outgoing[]
}

type Arrival = Pick<ReceivedMessage, 'source' | 'bytes' | 'payload' | 'receivedAt'>

const waitingOf = (
  normalised: NormalisedFhir,
  { bytes, payload, receivedAt }: Arrival,
  { source, submitter, isConditional }: FhirReceipt & { submitter: Submitter },
): WaitingMessage => {
  const hours = source.fhir.waitForReferencesHours ?? waitsHours
  return {
    messageId: normalised.messageId,
    names: normalised.awaits,
    method: submitter.method,
    base: submitter.base,
    isConditional: isConditional === true,
    receivedAt,
    until: receivedAt + hours * microsecondsPerHour,
    bytes: payload === null ? bytes : null,
    payload,
    place: normalised.problem?.place ?? 'body',
    patientKeys: normalised.patientKeys,
  }
}

/** The resources an accepted message states and, if it refers to what is not sent yet, itself. */
export const rememberKept = (
  normalised: NormalisedFhir,
  arrival: Arrival,
  receipt: FhirReceipt & { submitter: Submitter },
  encode: Encode,
): Remembered => {
  const sender = { source: arrival.source, client: receipt.submitter.client }
  const [moved = [], others = []] = [true, false].map((isMoved) =>
    normalised.stated.filter(({ from }) => (from !== null) === isMoved),
  )
  const recordsOf = (resources: readonly ResourceKnown[]) =>
    resources.length === 0 ? [] : [resourcesRecord(sender, resources)]
  const waiting = isAwaiting(normalised)
    ? [waitingRecord(sender, waitingOf(normalised, arrival, receipt))]
    : []
  const outgoing = (all: readonly Keyed[]) => all.map((one) => outgoingOf(one, encode))
  return {
    keyed: [...recordsOf(others), ...waiting, ...recordsOf(moved)],
    along: outgoing([...recordsOf(others), ...waiting]),
    after: outgoing(recordsOf(moved)),
  }
}

/** What is to be remembered of a message: nothing if it is rejected. */
export const remember = (
  { normalised, records }: SealedMessage,
  ...how: [Arrival, FhirReceipt & { submitter: Submitter }, Encode]
): Remembered =>
  records.length === 0 ? { keyed: [], along: [], after: [] } : rememberKept(normalised, ...how)
