import { takeCustody } from '@tideway/ingest/take-custody'
import type { GroupCommit } from '@tideway/ingest/group-commit'
import type { Outgoing } from '@tideway/kafka/client'
import type { Log } from '@tideway/runtime/log'
import type { ObjectStore } from '@tideway/object-store/client'
import { maxInlineBytes, payloadReference, type Upload } from '@tideway/ingest/large-payloads'
import { type ReceivedMessage, type Encode, messageRecords } from '@tideway/ingest/message-records'
import type { Span, Tracing } from '@tideway/runtime/tracing'
import { type Answer, answerTo, type Prefer, statusOf } from './http/answer.ts'
import { namesItself, type Sent } from './normalise/bundle.ts'
import type { Client } from './http/client.ts'
import { asFhirError } from './as-fhir-error.ts'
import { type Fault, fault, waits } from '@tideway/fhir/errors'
import type { Meter } from './meter.ts'
import {
  isXml,
  normalising,
  type Normalised,
  type Receipt,
  type Rules,
} from './normalise/normalise.ts'
import { permits } from '@tideway/fhir/scopes'
import type { InTurns, Steps } from '@tideway/fhir/validation/cooperative-scheduler'

/**
 * The sender has its answer within 5 s; what is not durable a little before that is told 503; from
 * when it has been read, milliseconds.
 */
const durableWithinMs = 4_200

/** What was asked, beside the body. */
export type Asked = {
  method: 'POST' | 'PUT'
  /** Of the address; null at /fhir itself. */
  type: string | null
  id: string | null
  /** $process-message: only a message will do. */
  onlyMessages: boolean
  ifNoneExist: string | null
  ifMatch: string | null
  prefer: Prefer
  /** For the archive: `fhir/8085 192.0.2.7 client`. */
  connection: string
  traceparent: string | null
}

export type Ports = {
  rules: Rules
  base: string
  clock: () => number
  encode: Encode
  /** Reads what is large while others are heard. */
  inTurns: InTurns
  commit: GroupCommit<Outgoing>
  store: Pick<ObjectStore, 'putNew'>
  tracing: Tracing
  meter: Meter
  log: Log
}

/**
 * One request with its whole body, start to finish. Read this function to know the service.
 *
 * 2xx is returned only after the log has the bytes and every event, so a crash at any line makes
 * the sender retry and never loses a message. Retries are harmless: message and event ids come from
 * the bytes.
 *
 * @throws FhirError LOG_UNAVAILABLE or STORE_UNAVAILABLE if any of it may not be durable
 */
export async function receive(
  bytes: Buffer,
  client: Client,
  asked: Asked,
  ports: Ports,
): Promise<Answer> {
  const receivedAt = ports.clock()
  const { source } = client
  const { messageId, type, problem, answer, records, uploads, span } = await ports.inTurns(
    read({ source, bytes, receivedAt, isUpdate: asked.method === 'PUT' }, client, asked, ports),
  )
  const deadline = performance.now() + durableWithinMs
  if (records.length > 0) {
    try {
      await takeCustody(records, uploads, deadline, ports, () => undefined)
    } catch (error) {
      const failure = asFhirError(error)
      span.end(failure.faults[0]?.code)
      ports.meter.received(
        source.ods,
        type,
        failure.faults[0]?.code ?? 'FAILED',
        statusOf(failure.faults) ?? 500,
      )
      throw failure
    }
  }
  span.end(problem?.code)
  ports.meter.received(source.ods, type, problem?.code ?? 'OK', answer.status)
  ports.log[levelOf(problem?.code)](
    { messageId, source: source.ods, client: client.id, type, status: answer.status, ...problem },
    'received',
  )
  return answer
}

type Read = Pick<Normalised, 'messageId' | 'type' | 'problem'> & {
  answer: Answer
  records: Outgoing[]
  uploads: Upload[]
  span: Span
}

/**
 * What is to become durable of a request, and its answer then: while that is waited for nothing
 * else of what was read is held, and a Bundle may be large.
 */
function* read(receipt: Receipt, client: Client, asked: Asked, ports: Ports): Steps<Read> {
  const { source, bytes, receivedAt } = receipt
  const { said, encode } = yield* normaliseAndEncode(receipt, ports)
  const span = ports.tracing.span('receive', asked.traceparent)
  const arrival = {
    source: source.ods,
    bytes,
    payload: bytes.length > maxInlineBytes ? payloadReference(bytes) : null,
    connection: asked.connection,
    receivedAt,
    traceparent: span.traceparent,
  }
  const { normalised, answer, records } = sealed(
    refusing(said, askedFaults(said.sent, client, asked)),
    arrival,
    asked,
    { ...ports, encode },
  )
  const { messageId, type, problem, attachments } = normalised
  return {
    messageId,
    type,
    problem,
    answer,
    records,
    uploads: [...attachments, ...bodyOf(arrival)],
    span,
  }
}

/**
 * What was sent, and what encodes its events: those it has encoded already are not encoded again.
 */
function* normaliseAndEncode(
  receipt: Receipt,
  { rules, encode }: Ports,
): Steps<{ said: Normalised; encode: Encode }> {
  const said = yield* normalising(receipt, rules)
  const encoded = new Map<unknown, Buffer>()
  for (const event of said.events) {
    yield
    try {
      encoded.set(event, encode('patientEvents', event))
    } catch {
      // Our defect: whoever puts the events on the log meets it again, and lets the message wait.
      break
    }
  }
  return { said, encode: (topic, value) => encoded.get(value) ?? encode(topic, value) }
}

const levelOf = (code: string | undefined): 'debug' | 'info' | 'error' =>
  code === undefined ? 'debug' : code === 'UNEXPECTED' ? 'error' : 'info'

/**
 * The answer, and what is kept: nothing of a refusal. Events that the log cannot take (our defect)
 * leave the message waiting as a whole, and the sender is told so.
 */
const sealed = (
  said: Normalised,
  arrival: Omit<ReceivedMessage, 'answered'>,
  asked: Asked,
  ports: Ports,
): { normalised: Normalised; answer: Answer; records: Outgoing[] } => {
  const answer = answerTo(said, asked.method, ports.base, arrival.source, asked.prefer)
  if (!isKept(said)) return { normalised: said, answer, records: [] }
  const { records, problem } = messageRecords(
    { ...arrival, answered: String(answer.status) },
    said,
    ports.encode,
    waits,
  )
  if (problem === said.problem || problem === null) return { normalised: said, answer, records }
  const waiting = {
    ...said,
    events: [],
    attachments: [],
    problem,
    faults: [fault('UNEXPECTED', problem.place)],
  }
  return sealed(waiting, arrival, asked, ports)
}

/** A body too large for the log, on its way to the object store. */
const bodyOf = ({ bytes, payload }: Pick<ReceivedMessage, 'bytes' | 'payload'>): Upload[] =>
  payload === null
    ? []
    : [
        {
          object: payload.object,
          bytes,
          contentType: isXml(bytes) ? 'application/fhir+xml' : 'application/fhir+json',
        },
      ]

/** A refusal leaves nothing here; a batch of which every entry is refused neither. */
const isKept = ({ sent, faults }: Normalised): boolean => {
  if (sent === null || (statusOf(faults) ?? 200) >= 400) return false
  return !sent.isBatch || sent.entries.some((entry) => (statusOf(entry.faults) ?? 200) < 400)
}

/** Faults of the request rather than of what was sent; they are about the whole. */
const askedFaults = (sent: Sent | null, client: Client, asked: Asked): Fault[] => {
  if (sent === null) return []
  const [first] = sent.entries
  const json = first?.resource?.sent ?? {}
  const faults: Fault[] = []
  const isBundle = sent.type.startsWith('Bundle')
  const isAddressed = isBundle ? asked.type === null : asked.type === sent.type
  if (!isAddressed || (asked.onlyMessages && sent.type !== 'Bundle/message'))
    faults.push(fault('WRONG_TYPE', isBundle ? 'Bundle' : sent.type))
  if (asked.id !== null && json['id'] !== asked.id)
    faults.push(fault('WRONG_ID', `${sent.type}.id`))
  if (asked.ifMatch !== null) faults.push(fault('VERSION_UNKNOWN', 'If-Match'))
  if (asked.ifNoneExist !== null && !namesItself(asked.ifNoneExist, json))
    faults.push(fault('CONDITION_UNKNOWN', 'If-None-Exist'))
  return [...faults, ...scopeFaults(sent, client, asked)]
}

/** Scopes are the client's, not an entry's: a batch is refused whole as well. */
const scopeFaults = (
  { entries, isRequests }: Sent,
  { scopes }: Client,
  { method }: Asked,
): Fault[] =>
  entries.flatMap((entry) => {
    const { resource } = entry
    const wanted = (isRequests ? entry.method : method) === 'PUT' ? 'u' : 'c'
    return resource === null || permits(scopes, resource.type, wanted)
      ? []
      : [fault('OUT_OF_SCOPE', resource.place)]
  })

const refusing = (normalised: Normalised, faults: readonly Fault[]): Normalised => {
  const [first] = faults
  if (first === undefined) return normalised
  return {
    ...normalised,
    faults: [...faults, ...normalised.faults],
    problem: { code: first.code, place: first.at ?? 'request' },
    events: [],
    attachments: [],
  }
}
