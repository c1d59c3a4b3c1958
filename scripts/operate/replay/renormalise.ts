import { randomBytes } from 'node:crypto'
import { isParked as isFhirParked } from '@tideway/fhir-ingest/outcomes'
import { normalise as normaliseFhir } from '@tideway/fhir-ingest/normalise/normalise'
import type { FhirRules, NormalisedFhir } from '@tideway/fhir-ingest/normalise/normalised'
import { knownFrom, type KnownResources } from '@tideway/fhir-ingest/references/known-resource'
import type { Mappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { normalise, type Normalised } from '@tideway/hl7-ingest/normalise/normalise'
import { isParked } from '@tideway/hl7-ingest/acknowledge/outcomes'
import { type Encode, messageRecords } from '@tideway/ingest/message-records'
import { sandboxSource } from '@tideway/hl7-ingest/identify/sandbox-source'
import type { FhirSubmission, MessageReceived, Problem } from '@tideway/schemas/events.generated'
import { isMessageIdOf } from '@tideway/schemas/public-id'
import type { FhirSource, Source } from '@tideway/schemas/source'
import type { Outgoing } from '@tideway/kafka/client'

type Rules = {
  sources: ReadonlyMap<string, Source>
  mappings: Mappings
  production: boolean
  encode: Encode
  fhir: {
    sources: ReadonlyMap<string, FhirSource>
    rules: FhirRules
    /** What a client has sent by now, for messages that waited for it. */
    known?: ((client: string) => KnownResources) | undefined
  }
}

/**
 * The result of normalising a message again: its events and what must be in the object store before
 * they are published, or why there are none.
 */
export type Again = {
  events: Outgoing[]
  normalised: Pick<Normalised, 'attachments' | 'patientKeys' | 'unused'> | null
  problem: Problem | null
  /** Why only part of the message was used, if there are events. */
  inPart: Problem | null
}

/** The sender by the current source files; null if the organisation no longer has one. */
const sourceOf = (
  { source, connection }: MessageReceived,
  sources: ReadonlyMap<string, Source>,
): Source | null =>
  connection.startsWith('sandbox/')
    ? sandboxSource(source, { maxMessageBytes: 50_000_000, idleFrameMs: 30_000 })
    : (sources.get(source) ?? null)

/**
 * Normalises an archived message again with its own receive time, so that event ids and versions
 * are those of the first time unless sources or mappings changed.
 *
 * @param bytes  the message as received
 */
export const renormalise = (message: MessageReceived, bytes: Buffer, rules: Rules): Again => {
  if (!isMessageIdOf(message.id, message.source, bytes, message.receivedAt))
    return none('DAMAGED', 'archive')
  const again =
    message.type?.startsWith('FHIR ') === true
      ? fhirAgain(message, bytes, rules)
      : hl7Again(message, bytes, rules)
  if (again === null) return none('UNKNOWN_SOURCE', 'source')
  const { receivedAt, payload, connection, answered } = message
  const traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`
  const { records, problem } = messageRecords(
    { source: message.source, bytes, payload, connection, receivedAt, traceparent, answered },
    again.normalised,
    rules.encode,
    again.isParked,
  )
  const events = records.filter(({ topic }) => topic === 'patientEvents')
  if (problem !== null && (events.length === 0 || again.isParked(problem.code)))
    return none(problem.code, problem.place)
  return { events, normalised: again.normalised, problem: null, inPart: problem }
}

const none = (code: string, place: string): Again => ({
  events: [],
  normalised: null,
  problem: { code, place },
  inPart: null,
})

type Read = { normalised: Normalised | NormalisedFhir; isParked: (code: string) => boolean } | null

const hl7Again = (
  message: MessageReceived,
  bytes: Buffer,
  { sources, mappings, production }: Rules,
): Read => {
  const source = sourceOf(message, sources)
  return source === null
    ? null
    : {
        normalised: normalise(
          { source, bytes, receivedAt: message.receivedAt, messageId: message.id },
          mappings,
          { production },
        ),
        isParked,
      }
}

const fhirAgain = (
  { id: messageId, source: ods, receivedAt, submission }: MessageReceived,
  bytes: Buffer,
  { fhir }: Rules,
): Read => {
  const source = fhir.sources.get(ods)
  if (source === undefined) return null
  const read = (known: KnownResources) =>
    normaliseFhir(
      { source, bytes, receivedAt, messageId, ...(submission && submittedBy(submission, known)) },
      fhir.rules,
    )
  const archived = knownFrom(submission?.resolved ?? [])
  const normalised = read(archived)
  const isParked = isFhirParked
  const now = submission && fhir.known?.(submission.client)
  if (normalised.awaits.length === 0 || !now) return { normalised, isParked }
  return { normalised: read((name) => archived(name) ?? now(name)), isParked }
}

const submittedBy = ({ client, method, base }: FhirSubmission, known: KnownResources) => ({
  submitter: { client, method: method as 'POST' | 'PUT', base },
  known,
})
