import type { EventBody } from '@tideway/schemas/events.generated'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import type { Upload } from '@tideway/ingest/offload'
import type { Message, Resource } from './normalise/message.ts'

/** What resources of a type say: one small pure file under `mappings/`. */
export type Mapping = {
  readonly handles: readonly string[]
  /**
   * Lower ones are read first: who the patient is, then what takes other resources in, then the
   * rest.
   */
  readonly order?: number
  /**
   * Pure: no clock, no network. Nothing: it says nothing of a patient by itself.
   *
   * @throws FhirError if it cannot be said
   */
  toEvents(resource: Resource, message: Message): DraftEvent[]
}

const none: readonly Upload[] = []

export const happened = (
  patientKey: string,
  { place }: Pick<Resource, 'place'>,
  body: EventBody,
  attachments = none,
): DraftEvent => ({ patientKey, place, body, attachments })
