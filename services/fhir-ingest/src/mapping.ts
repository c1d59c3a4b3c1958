import type { EventBody } from '@tideway/schemas/events.generated'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import type { Upload } from '@tideway/ingest/large-payloads'
import type { FhirMessage, Resource } from './normalise/message.ts'

/** Maps the resources of one or more types: one small pure file under `mappings/`. */
export type ResourceMapping = {
  readonly handles: readonly string[]
  /** Lower is mapped first: patients, then resources that include others, then the rest. */
  readonly order?: number
  /**
   * Pure: no clock, no network.
   *
   * @returns no events if the resource alone states nothing about a patient
   * @throws FhirError if it cannot be mapped
   */
  toEvents(resource: Resource, message: FhirMessage): DraftEvent[]
}

const none: readonly Upload[] = []

export const happened = (
  patientKey: string,
  { place }: Pick<Resource, 'place'>,
  body: EventBody,
  attachments = none,
): DraftEvent => ({ patientKey, place, body, attachments })
