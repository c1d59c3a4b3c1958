import type { Problem } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { takeCustody } from '@tideway/ingest/take-custody'
import type { GroupCommit } from '@tideway/ingest/group-commit'
import type { Outgoing } from '@tideway/kafka/client'
import type { Log } from '@tideway/runtime/log'
import type { ObjectStore } from '@tideway/object-store/client'
import { maxInlineBytes, payloadReference } from '@tideway/ingest/large-payloads'
import { type Encode, messageRecords } from '@tideway/ingest/message-records'
import type { Tracing } from '@tideway/runtime/tracing'
import { answerCode } from '@tideway/hl7v2/acknowledgement/answer-code'
import { answerTo } from '@tideway/hl7v2/acknowledgement/answer-to'
import { asIngestError, type IngestErrorCode, type IngestError } from './errors.ts'
import { type Header, readHeader } from '@tideway/hl7v2/lexer/header'
import type { Peer, SenderRefusal } from './identify/identify.ts'
import type { Mappings } from './normalise/load-mappings.ts'
import type { Meter } from './meter.ts'
import { type Normalised, normalise, type Policy } from './normalise/normalise.ts'
import { custodyOf, faultOf, outcomes, refusalOf, isParked } from './acknowledge/outcomes.ts'
import { shapeOf } from './shape.ts'
import { typeLabel } from './type-label.ts'
import { isXml } from '@tideway/hl7v2/xml/is-xml'
import { isXmlBatch } from '@tideway/hl7v2/xml/is-xml-batch'

/**
 * Time to make a message durable, milliseconds; then AE is answered, within the 5 s that senders
 * wait.
 */
const durableWithinMs = 4_200
/** Media type of HL7 v2 with delimiters (ER7) or in XML. */
const contentTypeOf = (bytes: Buffer): string =>
  isXml(bytes) ? 'x-application/hl7-v2+xml' : 'x-application/hl7-v2+er7'

export type MllpConnection = {
  peer: Peer
  /**
   * For logs and the archive: `mllp/2575 192.0.2.7:40112`, with the common name of the certificate
   * if there is one.
   */
  label: string
  /**
   * Starts no later message of this connection until `queued` settles, so that a slow upload does
   * not reorder them.
   */
  holdUntil: (queued: Promise<unknown>) => void
}

export type ReceivePorts = {
  identify: (peer: Peer, header: Header) => Source | SenderRefusal
  mappings: Mappings
  policy: Policy
  clock: () => number
  encode: Encode
  commit: GroupCommit<Outgoing>
  store: Pick<ObjectStore, 'putNew'>
  tracing: Tracing
  meter: Meter
  log: Log
}

/**
 * Processes one message. Read this function to know the service.
 *
 * AA is returned only after the log has the bytes and every event: after a crash at any line the
 * sender retries, and no message is lost. Retries are idempotent, because message and event ids are
 * derived from the bytes.
 *
 * @returns the answer without its frame; null if the sender requested none
 */
export async function receive(
  bytes: Buffer,
  connection: MllpConnection,
  ports: ReceivePorts,
): Promise<Buffer | null> {
  const deadline = performance.now() + durableWithinMs
  const receivedAt = ports.clock()
  const header = readHeader(bytes)
  const found = header === null ? null : ports.identify(connection.peer, header)
  const source = typeof found === 'string' ? null : found
  const refusal = typeof found === 'string' ? found : refusalOf(header, source)
  if (header === null || source === null || refusal !== null)
    return refuse(bytes, header, refusal ?? 'UNEXPECTED', connection, receivedAt, ports)

  const normalised = normalise({ source, bytes, header, receivedAt }, ports.mappings, ports.policy)
  const problemCode = codeOf(normalised.problem)
  if (problemCode !== null && !outcomes[problemCode].keep)
    return refuse(bytes, header, problemCode, connection, receivedAt, ports)

  const span = ports.tracing.span('receive', null)
  const custody = custodyOf(problemCode, source)
  const code = answerCode(header, custody)
  const payload = bytes.length > maxInlineBytes ? payloadReference(bytes) : null
  const arrival = {
    source: source.ods,
    bytes,
    payload,
    connection: connection.label,
    receivedAt,
    traceparent: span.traceparent,
    answered: code ?? custody,
  }
  const { records, problem } = messageRecords(arrival, normalised, ports.encode, isParked)
  try {
    const uploads =
      payload === null
        ? normalised.attachments
        : [
            ...normalised.attachments,
            { object: payload.object, bytes, contentType: contentTypeOf(bytes) },
          ]
    await takeCustody(records, uploads, deadline, ports, connection.holdUntil)
  } catch (error) {
    const failure = asIngestError(error)
    span.end(failure.code)
    return notDurable(failure, bytes, header, source, normalised, receivedAt, ports)
  }
  span.end(problem?.code)
  ports.meter.received(source, normalised.type, codeOf(problem), code)
  ports.meter.untranslated(source, normalised.untranslated)
  ports.meter.continued(source, normalised.continuedFields)
  ports.meter.decodedAs(source, normalised.characterSet, header.characterSetAsSent)
  ports.log[levelOf(problem)](
    {
      messageId: normalised.messageId,
      source: source.ods,
      type: typeLabel(normalised.type),
      ...problem,
    },
    'received',
  )
  return (
    code &&
    answerTo(
      bytes,
      header,
      receivedAt,
      code,
      custody === 'AA' ? null : faultOf(problemCode as IngestErrorCode, problem?.place ?? null),
    )
  )
}

const codeOf = (problem: Problem | null): IngestErrorCode | null =>
  problem === null ? null : (problem.code as IngestErrorCode)

const levelOf = (problem: Problem | null): 'debug' | 'info' | 'error' =>
  problem === null ? 'debug' : problem.code === 'UNEXPECTED' ? 'error' : 'info'

/** Answers AE: the sender keeps the message and resends it. */
const notDurable = (
  failure: IngestError,
  bytes: Buffer,
  header: Header,
  source: Source,
  { messageId, type }: Normalised,
  receivedAt: number,
  { meter, log }: ReceivePorts,
): Buffer | null => {
  const answer = answerCode(header, 'AE')
  meter.received(source, type, failure.code, answer)
  const cause = failure.code === 'LOG_UNAVAILABLE' ? {} : { cause: failure }
  log.warn(
    { messageId, source: source.ods, type: typeLabel(type), code: failure.code, ...cause },
    'not durable',
  )
  return answer && answerTo(bytes, header, receivedAt, answer, faultOf(failure.code, null))
}

/**
 * Answers a rejected message. None of it is stored; it is counted, and the shape of its bytes is
 * logged.
 */
export const refuse = (
  bytes: Buffer,
  header: Header | null,
  found: IngestErrorCode,
  { peer, label }: MllpConnection,
  receivedAt: number,
  { meter, log }: ReceivePorts,
): Buffer | null => {
  const code = found === 'NOT_HL7' && isXmlBatch(bytes) ? 'XML_BATCH' : found
  meter.refused(code, peer.port, peer.certificate)
  log.warn(
    {
      code,
      connection: label,
      bytes: bytes.length,
      ...(header === null ? { shape: shapeOf(bytes) } : { type: typeLabel(header.type) }),
    },
    'refused',
  )
  const answer = answerCode(header, outcomes[code].custody)
  return answer && answerTo(bytes, header, receivedAt, answer, faultOf(code, outcomes[code].place))
}
