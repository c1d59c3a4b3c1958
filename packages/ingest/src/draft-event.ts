import type { EventBody, PatientEvent } from '@tideway/schemas/events.generated'
import type { Upload } from './large-payloads.ts'

/** Something that happened to a source patient, before it has an id. */
export type Happening = {
  readonly patientKey: string
  /**
   * Segment it came from, e.g. `OBR[2]`; of FHIR the FHIRPath expression of the resource, or the
   * part of it.
   */
  readonly place: string
  readonly body: EventBody
  /** Bytes that the event only refers to. */
  readonly attachments: readonly Upload[]
}

/**
 * What every event of a message has of it: times in milliseconds and microseconds since 1970 UTC,
 * as in `PatientEvent`.
 */
type Origin = Pick<PatientEvent, 'messageId' | 'source' | 'receivedAt' | 'sentAt'>

/** Events of a message in order; their ids are its own with their number. */
export const eventsFrom = (
  happenings: readonly Happening[],
  { messageId, source, receivedAt, sentAt }: Origin,
): PatientEvent[] =>
  happenings.map(({ patientKey, place, body }, n) => ({
    id: `${messageId}.${n}`,
    messageId,
    source,
    patientKey,
    receivedAt,
    sentAt,
    place,
    body,
  }))

/** What the events refer to, each object once. */
export const attachmentsOf = (happenings: readonly Happening[]): Upload[] => {
  const byObject = new Map<string, Upload>()
  for (const { attachments } of happenings)
    for (const one of attachments) byObject.set(one.object, one)
  return [...byObject.values()]
}
