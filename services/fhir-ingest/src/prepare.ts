import type { Steps } from '@tideway/fhir/cooperative-scheduler'
import { maxInlineBytes, payloadReference, type Upload } from '@tideway/ingest/large-payloads'
import type { Encode } from '@tideway/ingest/message-records'
import type { Outgoing } from '@tideway/kafka/client'
import type { Span, Tracing } from '@tideway/runtime/tracing'
import type { IdSeal } from '@tideway/schemas/id-seal'
import type { FhirAnswer } from './http/answer.ts'
import type { FhirClient } from './http/fhir-client.ts'
import type { FhirRequest } from './http/fhir-request.ts'
import { refusedFor, requestFaults } from './http/request-faults.ts'
import type { FhirReceipt, NormalisedFhir } from './normalise/normalised.ts'
import type { Submitter } from './references/known-resource.ts'
import { type Remembered, remember } from './references/remember.ts'
import { bodyUpload, seal } from './seal.ts'

/** A message as received, with who submitted it. */
export type SubmittedReceipt = FhirReceipt & { submitter: Submitter }

type Ports = { base: string; encode: Encode; publicIds: IdSeal; tracing: Tracing }

/**
 * What must become durable, and the answer to send then. It holds neither resources nor events: a
 * Bundle may be large, and many requests may wait for the log.
 */
export type Prepared = Pick<NormalisedFhir, 'messageId' | 'type' | 'problem'> & {
  answer: FhirAnswer
  records: Outgoing[]
  uploads: Upload[]
  remembered: Remembered
  span: Span
}

export function* prepare(
  outcome: NormalisedFhir,
  receipt: SubmittedReceipt,
  client: FhirClient,
  request: FhirRequest,
  { base, encode, publicIds, tracing }: Ports,
): Steps<Prepared> {
  const { source, bytes, receivedAt, submitter } = receipt
  const encodeOnce = yield* encodingEvents(outcome, encode)
  const span = tracing.span('receive', request.traceparent)
  const arrival = {
    source: source.ods,
    bytes,
    payload: bytes.length > maxInlineBytes ? payloadReference(bytes) : null,
    connection: request.connection,
    receivedAt,
    traceparent: span.traceparent,
    submission: { ...submitter, resolved: outcome.resolved },
  }
  const checked = refusedFor(requestFaults(outcome.sent, client, request), outcome)
  const sealed = seal(checked, arrival, request, base, encodeOnce, publicIds)
  const { messageId, type, problem, attachments } = sealed.normalised
  const remembered = remember(sealed, arrival, receipt, encode)
  return {
    messageId,
    type,
    problem,
    answer: sealed.answer,
    records: [...sealed.records, ...remembered.along],
    uploads: [...attachments, ...bodyUpload(arrival)],
    remembered,
    span,
  }
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
