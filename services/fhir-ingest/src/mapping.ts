import type { EventBody } from '@tideway/schemas/events.generated'
import type { Happening } from '@tideway/ingest/draft-event'
import type { Upload } from '@tideway/ingest/large-payloads'
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
  toEvents(resource: Resource, message: Message): Happening[]
}

const none: readonly Upload[] = []

export const happened = (
  patientKey: string,
  { place }: Pick<Resource, 'place'>,
  body: EventBody,
  attachments = none,
): Happening => ({ patientKey, place, body, attachments })
