import type { EventBody, NotShown, PatientEvent } from '@tideway/schemas/events.generated'
import type { Upload } from './large-payloads.ts'

/** An event of a source patient before it has an id. */
export type DraftEvent = {
  readonly patientKey: string
  /** Origin: an HL7 v2 segment, e.g. `OBR[2]`, or the FHIRPath of a resource or element. */
  readonly place: string
  readonly body: EventBody
  /** Bytes that the event references. */
  readonly attachments: readonly Upload[]
  /** What the message says of the same thing and no event says; absent if nothing. */
  readonly notShown?: NotShown
}

/** Message fields copied to each of its events, as in `PatientEvent`. */
type Origin = Pick<PatientEvent, 'messageId' | 'source' | 'receivedAt' | 'sentAt'>

/** Events of a message, in order. Ids are the message id and a number. */
export const eventsFrom = (
  drafts: readonly DraftEvent[],
  { messageId, source, receivedAt, sentAt }: Origin,
): PatientEvent[] =>
  drafts.map(({ patientKey, place, body, notShown = null }, n) => ({
    id: `${messageId}.${n}`,
    messageId,
    source,
    patientKey,
    receivedAt,
    sentAt,
    place,
    body,
    notShown,
  }))

/** Objects that the events reference, each once. */
export const attachmentsOf = (drafts: readonly DraftEvent[]): Upload[] => {
  const byObject = new Map<string, Upload>()
  for (const { attachments } of drafts) for (const one of attachments) byObject.set(one.object, one)
  return [...byObject.values()]
}
