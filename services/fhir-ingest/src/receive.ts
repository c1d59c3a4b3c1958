import type { RunInSlices, Steps } from '@tideway/fhir/cooperative-scheduler'
import { takeCustody } from '@tideway/ingest/take-custody'
import type { GroupCommit } from '@tideway/ingest/group-commit'
import { maxInlineBytes, payloadReference, type Upload } from '@tideway/ingest/large-payloads'
import type { Encode } from '@tideway/ingest/message-records'
import type { Outgoing } from '@tideway/kafka/client'
import type { ObjectStore } from '@tideway/object-store/client'
import type { Log } from '@tideway/runtime/log'
import type { Span, Tracing } from '@tideway/runtime/tracing'
import { asFhirError } from './as-fhir-error.ts'
import type { FhirAnswer } from './http/answer.ts'
import type { FhirClient } from './http/fhir-client.ts'
import type { FhirRequest } from './http/fhir-request.ts'
import { refusedFor, requestFaults } from './http/request-faults.ts'
import type { FhirMeter } from './meter.ts'
import { normalising } from './normalise/normalise.ts'
import type { FhirReceipt, FhirRules, NormalisedFhir } from './normalise/normalised.ts'
import { statusOf } from './outcomes.ts'
import { findAll, type FindResource } from './retractions/find-resource.ts'
import type { RetractionTarget } from './retractions/target.ts'
import { bodyUpload, seal } from './seal.ts'

/**
 * Time for the message to become durable once normalised, milliseconds. Then the answer is 503, so
 * that the sender has an answer within 5 s.
 */
const durableWithinMs = 4_200

export type FhirReceivePorts = {
  rules: FhirRules
  /** Address of the interface as clients know it, e.g. `/fhir`. */
  base: string
  clock: () => number
  encode: Encode
  runInSlices: RunInSlices
  findResource: FindResource
  commit: GroupCommit<Outgoing>
  store: Pick<ObjectStore, 'putNew'>
  tracing: Tracing
  meter: FhirMeter
  log: Log
}

/**
 * Processes one request with its whole body. Read this function to know the service.
 *
 * 2xx is returned only after the log has the bytes and every event, so after a crash at any line
 * the sender retries and no message is lost. Retries are idempotent, because message and event ids
 * are derived from the bytes.
 *
 * @throws FhirError LOG_UNAVAILABLE or STORE_UNAVAILABLE if any of it may not be durable
 */
export async function receive(
  bytes: Buffer,
  client: FhirClient,
  request: FhirRequest,
  ports: FhirReceivePorts,
): Promise<FhirAnswer> {
  const { source } = client
  const isConditional = request.ifNoneExist !== null
  const receipt = { source, bytes, receivedAt: ports.clock(), isConditional }
  const prepared = await prepareWithFound(receipt, client, request, ports)
  const { messageId, type, problem, answer, records, uploads, span } = prepared
  const deadline = performance.now() + durableWithinMs
  if (records.length > 0) {
    try {
      await takeCustody(records, uploads, deadline, ports, () => undefined)
    } catch (error) {
      const failure = asFhirError(error)
      const code = failure.faults[0]?.code ?? 'FAILED'
      span.end(code)
      ports.meter.received(source.ods, type, code, statusOf(failure.faults) ?? 500)
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

/**
 * What must become durable, and the answer to send then. It holds neither resources nor events: a
 * Bundle may be large, and many requests may wait for the log.
 */
type Prepared = Pick<NormalisedFhir, 'messageId' | 'type' | 'problem'> & {
  answer: FhirAnswer
  records: Outgoing[]
  uploads: Upload[]
  span: Span
}

/** Prepares a message; if it refers to resources sent before, again with what was found of them. */
const prepareWithFound = async (
  receipt: FhirReceipt,
  client: FhirClient,
  request: FhirRequest,
  ports: FhirReceivePorts,
): Promise<Prepared> => {
  const first = await ports.runInSlices(prepare(receipt, client, request, ports))
  if (!('wanted' in first)) return first
  const found = await findAll(first.wanted, client, ports.findResource)
  const steps = prepare({ ...receipt, found }, client, request, ports)
  return (await ports.runInSlices(steps)) as Prepared
}

function* prepare(
  receipt: FhirReceipt,
  client: FhirClient,
  request: FhirRequest,
  { rules, base, encode, tracing }: FhirReceivePorts,
): Steps<Prepared | { wanted: readonly RetractionTarget[] }> {
  const { source, bytes, receivedAt, found } = receipt
  const outcome = yield* normalising(receipt, rules)
  if (outcome.wanted.length > 0 && found === undefined) return { wanted: outcome.wanted }
  const encodeOnce = yield* encodingEvents(outcome, encode)
  const span = tracing.span('receive', request.traceparent)
  const arrival = {
    source: source.ods,
    bytes,
    payload: bytes.length > maxInlineBytes ? payloadReference(bytes) : null,
    connection: request.connection,
    receivedAt,
    traceparent: span.traceparent,
  }
  const checked = refusedFor(requestFaults(outcome.sent, client, request), outcome)
  const { normalised, answer, records } = seal(checked, arrival, request, base, encodeOnce)
  const { messageId, type, problem, attachments } = normalised
  const uploads = [...attachments, ...bodyUpload(arrival)]
  return { messageId, type, problem, answer, records, uploads, span }
}

/** Encodes the events step by step. @returns an encoder that has their bytes already */
function* encodingEvents({ events }: NormalisedFhir, encode: Encode): Steps<Encode> {
  const encoded = new Map<unknown, Buffer>()
  for (const event of events) {
    yield
    try {
      encoded.set(event, encode('patientEvents', event))
    } catch {
      // An internal defect: it recurs, and is handled, where the records are made.
      break
    }
  }
  return (topic, value) => encoded.get(value) ?? encode(topic, value)
}

const levelOf = (code: string | undefined): 'debug' | 'info' | 'error' =>
  code === undefined ? 'debug' : code === 'UNEXPECTED' ? 'error' : 'info'
