import { ownHeaders, sharedHeaders } from '@tideway/schemas/cloud-events'
import type { Records } from '@tideway/schemas/codec'
import type {
  FhirSubmission,
  PatientEvent,
  Payload,
  Problem,
} from '@tideway/schemas/events.generated'
import type { TopicName } from '@tideway/schemas/topics'
import type { Outgoing } from '@tideway/kafka/client'

/** Keeps a record under the topics' limit of 4 MiB, headers and framing included; bytes. */
export const maxRecordBytes = 3_900_000
/** Approximate size of a record's key, headers and framing in a produce request, bytes. */
const overhead = 400

export type Encode = <T extends TopicName>(topic: T, value: Records[T]) => Buffer

/**
 * A message as received.
 *
 * @property receivedAt  microseconds since 1970 UTC
 * @property answered    acknowledgement code or HTTP status returned to the sender
 */
export type ReceivedMessage = {
  source: string
  bytes: Buffer
  payload: Payload | null
  connection: string
  receivedAt: number
  traceparent: string
  answered: string
}

/** What only a FHIR message has. */
type Submitted = { submission?: FhirSubmission | null }

/** A message after normalising, as far as it is written to the log. */
export type NormalisedMessage = {
  messageId: string
  /** `ADT^A01`, `FHIR Bundle/message`, `FHIR Patient`. */
  type: string | null
  controlId: string | null
  /** Milliseconds since 1970 UTC. */
  sentAt: number | null
  characterSet: string | null
  /** Source patients with events; for a parked message, all that could be identified. */
  patientKeys: string[]
  events: PatientEvent[]
  /** Fields or elements with a value that is not used, each once. */
  unused: string[]
  /** Why it is parked or rejected; with events, why only part of it was used. */
  problem: Problem | null
}

type EncodedEvents = { events: Outgoing[]; problem: Problem | null }

export const sizeOf = (records: readonly Outgoing[]): number =>
  records.reduce((sum, { value }) => sum + value.length + overhead, 0)

/**
 * The records of one message: its events, then its parked record, then the message itself. If an
 * event cannot be encoded (an internal defect), the message is parked instead; its bytes are always
 * written.
 *
 * @param isParked  whether a message with this error code is parked
 */
export const messageRecords = (
  received: ReceivedMessage & Submitted,
  normalised: NormalisedMessage,
  encode: Encode,
  isParked: (code: string) => boolean,
): { records: Outgoing[]; problem: Problem | null } => {
  const { source, receivedAt } = received
  const { messageId } = normalised
  const headers = headersFrom(received)
  const { events, problem } = encodeEvents(normalised, encode, headers)
  const parked = problem !== null && isParked(problem.code)
  const message = encode('rawMessages', {
    id: messageId,
    source,
    bytes: received.payload === null ? received.bytes : null,
    payload: received.payload,
    connection: received.connection,
    receivedAt,
    sentAt: normalised.sentAt,
    controlId: normalised.controlId,
    type: normalised.type,
    characterSet: normalised.characterSet,
    answered: received.answered,
    problem,
    parked,
    patientKeys: normalised.patientKeys,
    events: events.length,
    unused: normalised.unused,
    submission: received.submission ?? null,
  })
  const records = [
    ...events,
    ...(parked ? [parkingRecord(received, normalised, problem, encode, headers)] : []),
  ]
  records.push({
    topic: 'rawMessages',
    key: messageId,
    partitionKey: source,
    value: message,
    headers: headers(messageId, 'MessageReceived'),
  })
  return { records, problem }
}

type HeadersOf = (id: string, type: string) => Outgoing['headers']

const headersFrom = ({ source, receivedAt, traceparent }: ReceivedMessage): HeadersOf => {
  const shared = sharedHeaders({ source: `/sources/${source}`, at: receivedAt, traceparent })
  return (id, type) => ({ ...ownHeaders({ id, type }), ...shared })
}

const encodeEvents = (
  { events, problem }: NormalisedMessage,
  encode: Encode,
  headers: HeadersOf,
): EncodedEvents => {
  const records: Outgoing[] = []
  for (const event of events) {
    const value = encoded(event, encode)
    if (value === null || value.length > maxRecordBytes)
      return { events: [], problem: { code: 'UNEXPECTED', place: event.place } }
    records.push({
      topic: 'patientEvents',
      key: event.patientKey,
      value,
      headers: headers(event.id, event.body.type),
    })
  }
  return { events: records, problem }
}

const encoded = (event: PatientEvent, encode: Encode): Buffer | null => {
  try {
    return encode('patientEvents', event)
  } catch {
    return null
  }
}

const parkingRecord = (
  received: ReceivedMessage,
  normalised: NormalisedMessage,
  problem: Problem,
  encode: Encode,
  headers: HeadersOf,
): Outgoing => {
  const { messageId, patientKeys } = normalised
  const patientKey = patientKeys.length === 1 ? (patientKeys[0] as string) : null
  const value = encode('parkedMessages', {
    messageId,
    eventId: null,
    source: received.source,
    patientKey,
    stage: 'NORMALISE',
    state: 'PARKED',
    problem,
    at: received.receivedAt,
    by: null,
    reason: null,
    patientKeys,
  })
  return {
    topic: 'parkedMessages',
    key: patientKey ?? messageId,
    value,
    headers: headers(`${messageId}.parked`, 'MessageParked'),
  }
}
