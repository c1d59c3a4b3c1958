import { ownHeaders, sharedHeaders } from '@tideway/schemas/cloud-events'
import type { Records } from '@tideway/schemas/codec'
import type { PatientEvent, Payload, Problem } from '@tideway/schemas/events.generated'
import type { TopicName } from '@tideway/schemas/topics'
import type { Outgoing } from '@tideway/kafka/client'
import { headersSharing } from '@tideway/kafka/patches/record-batch'

/** A record has to stay under the topics' 4 MiB, headers and Avro included, bytes. */
export const largestRecord = 3_900_000
/** What a record takes in a send beside its value: key, headers, framing; bytes, about. */
const overhead = 400

export type Encode = <T extends TopicName>(topic: T, value: Records[T]) => Buffer

/** A message on its way to the log. `receivedAt` in microseconds since 1970 UTC. */
export type Arrival = {
  source: string
  bytes: Buffer
  payload: Payload | null
  connection: string
  receivedAt: number
  traceparent: string
  answered: string
}

/** What a message was found to say, as far as the log is told of it. */
export type Said = {
  messageId: string
  /** `ADT^A01`, `FHIR Bundle/message`, `FHIR Patient`. */
  type: string | null
  controlId: string | null
  /** Milliseconds since 1970 UTC. */
  sentAt: number | null
  characterSet: string | null
  /** Source patients with events; of a parked message, all that could be told. */
  patientKeys: string[]
  events: PatientEvent[]
  /** Fields or elements that had a value and were not used, each once. */
  unused: string[]
  /** Why it could not be used; beside events, why only a part of it was. */
  problem: Problem | null
}

type Sealed = { events: Outgoing[]; problem: Problem | null }

export const sizeOf = (records: readonly Outgoing[]): number =>
  records.reduce((sum, { value }) => sum + value.length + overhead, 0)

/**
 * Everything one message puts on the log: its events, then what waits, then the message itself.
 * Events that cannot be written (our defect) park the message instead; its bytes go to the log
 * whatever becomes of the events.
 *
 * @param waits  whether a message with this error code waits for someone
 */
export const recordsOf = (
  arrival: Arrival,
  normalised: Said,
  encode: Encode,
  waits: (code: string) => boolean,
): { records: Outgoing[]; problem: Problem | null } => {
  const { source, receivedAt } = arrival
  const { messageId } = normalised
  const headers = headersFrom(arrival)
  const { events, problem } = seal(normalised, encode, headers)
  const parked = problem !== null && waits(problem.code)
  const message = encode('rawMessages', {
    id: messageId,
    source,
    bytes: arrival.payload === null ? arrival.bytes : null,
    payload: arrival.payload,
    connection: arrival.connection,
    receivedAt,
    sentAt: normalised.sentAt,
    controlId: normalised.controlId,
    type: normalised.type,
    characterSet: normalised.characterSet,
    answered: arrival.answered,
    problem,
    parked,
    patientKeys: normalised.patientKeys,
    events: events.length,
    unused: normalised.unused,
  })
  const records = [
    ...events,
    ...(parked ? [parking(arrival, normalised, problem, encode, headers)] : []),
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

const headersFrom = ({ source, receivedAt, traceparent }: Arrival): HeadersOf => {
  const withShared = headersSharing(
    sharedHeaders({ source: `/sources/${source}`, at: receivedAt, traceparent }),
  )
  return (id, type) => withShared(ownHeaders({ id, type }))
}

const seal = ({ events, problem }: Said, encode: Encode, headers: HeadersOf): Sealed => {
  const sealed: Outgoing[] = []
  for (const event of events) {
    const value = encoded(event, encode)
    if (value === null || value.length > largestRecord)
      return { events: [], problem: { code: 'UNEXPECTED', place: event.place } }
    sealed.push({
      topic: 'patientEvents',
      key: event.patientKey,
      value,
      headers: headers(event.id, event.body.type),
    })
  }
  return { events: sealed, problem }
}

const encoded = (event: PatientEvent, encode: Encode): Buffer | null => {
  try {
    return encode('patientEvents', event)
  } catch {
    return null
  }
}

const parking = (
  arrival: Arrival,
  normalised: Said,
  problem: Problem,
  encode: Encode,
  headers: HeadersOf,
): Outgoing => {
  const { messageId, patientKeys } = normalised
  const patientKey = patientKeys.length === 1 ? (patientKeys[0] as string) : null
  const value = encode('parkedMessages', {
    messageId,
    eventId: null,
    source: arrival.source,
    patientKey,
    stage: 'NORMALISE',
    state: 'PARKED',
    problem,
    at: arrival.receivedAt,
    by: null,
    reason: null,
  })
  return {
    topic: 'parkedMessages',
    key: patientKey ?? messageId,
    value,
    headers: headers(`${messageId}.parked`, 'MessageParked'),
  }
}
