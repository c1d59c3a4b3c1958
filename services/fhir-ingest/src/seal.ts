import type { Upload } from '@tideway/ingest/large-payloads'
import { type ReceivedMessage, type Encode, messageRecords } from '@tideway/ingest/message-records'
import type { Outgoing } from '@tideway/kafka/client'
import type { FhirSubmission } from '@tideway/schemas/events.generated'
import type { IdSeal } from '@tideway/schemas/id-seal'
import { fault } from './errors.ts'
import { answerTo, type FhirAnswer } from './http/answer.ts'
import type { FhirRequest } from './http/fhir-request.ts'
import type { NormalisedFhir } from './normalise/normalised.ts'
import { isXml } from './normalise/parse-body.ts'
import { statusOf, isParked } from './outcomes.ts'

export type SealedMessage = {
  normalised: NormalisedFhir
  answer: FhirAnswer
  /** For the log; none if the message is rejected. */
  records: Outgoing[]
}

/**
 * The answer to a message, and the records that must be durable before it is sent.
 *
 * If an event cannot be encoded (an internal defect) the whole message is parked as UNEXPECTED, and
 * the answer says so.
 *
 * @param base  address of the interface, e.g. `/fhir`
 */
export const seal = (
  normalised: NormalisedFhir,
  arrival: Omit<ReceivedMessage, 'answered'> & { submission: FhirSubmission },
  request: FhirRequest,
  base: string,
  encode: Encode,
  publicIds: IdSeal,
): SealedMessage => {
  const answer = answerTo(
    normalised,
    request.method,
    base,
    arrival.source,
    request.prefer,
    publicIds,
  )
  if (!isKept(normalised)) return { normalised, answer, records: [] }
  const answered = String(answer.status)
  const { records, problem } = messageRecords(
    { ...arrival, answered },
    normalised,
    encode,
    isParked,
  )
  if (problem === normalised.problem || problem === null) return { normalised, answer, records }
  const parked = {
    ...normalised,
    events: [],
    attachments: [],
    stated: [],
    awaits: [],
    problem,
    faults: [fault('UNEXPECTED', problem.place)],
  }
  return seal(parked, arrival, request, base, encode, publicIds)
}

/** A rejected message is not kept, nor a batch with every entry rejected. */
const isKept = ({ sent, faults }: NormalisedFhir): boolean => {
  if (sent === null || (statusOf(faults) ?? 200) >= 400) return false
  return !sent.isBatch || sent.entries.some((entry) => (statusOf(entry.faults) ?? 200) < 400)
}

/** The body, if it is too large for the log and goes to the object store. */
export const bodyUpload = ({
  bytes,
  payload,
}: Pick<ReceivedMessage, 'bytes' | 'payload'>): Upload[] =>
  payload === null
    ? []
    : [
        {
          object: payload.object,
          bytes,
          contentType: isXml(bytes) ? 'application/fhir+xml' : 'application/fhir+json',
        },
      ]
