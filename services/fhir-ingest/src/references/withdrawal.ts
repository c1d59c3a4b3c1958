import { type EventBody, type ResourceKnown, unsaid } from '@tideway/schemas/events.generated'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import { retractionOf } from '../retractions/retraction-events.ts'
import { type Known, observationsOf, serviceOf } from './moved-results.ts'

const bodyOf = (known: Known, place: string): EventBody | null => {
  if (known.type === 'Observation')
    return {
      ...unsaid.ResultReported(),
      reportId: known.key,
      service: serviceOf(known),
      observations: observationsOf(known, place),
    }
  const body = retractionOf(known.type)?.eventOf(known.key, place, known.parts) ?? null
  return body?.type === 'ResultReported' ? { ...body, service: serviceOf(known) } : body
}

/**
 * The event that takes the entry of a resource out of the record of its patient when it moved to
 * another: only its key, so that nothing of another patient is said there. Null for a resource
 * without an entry.
 *
 * @param place  of the element that names another patient (`movedPlace`)
 */
export const withdrawalOf = (known: ResourceKnown, place: string): DraftEvent | null => {
  const { key, patientKey, event } = known
  if (key === null || patientKey === null || event === null) return null
  const body = bodyOf({ ...known, key }, place)
  return body === null ? null : { patientKey, place, body, attachments: [] }
}
