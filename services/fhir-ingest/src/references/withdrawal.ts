import type { EventBody, ResourceKnown } from '@tideway/schemas/events.generated'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import { retractionOf } from '../retractions/retraction-events.ts'
import {
  type Known,
  observationsOf,
  serviceOf,
  type WithdrawalReason,
} from './withdrawn-results.ts'

const bodyOf = (known: Known, place: string, why: WithdrawalReason): EventBody | null => {
  const body = retractionOf(known.type)?.eventOf(known.key, place, known.parts) ?? null
  if (body?.type !== 'ResultReported') return body
  const service = serviceOf(known)
  return known.type === 'Observation'
    ? { ...body, status: null, service, observations: observationsOf(known, place, why) }
    : { ...body, service }
}

/**
 * The event that takes the entry of a resource out of the record of its patient: only its key, so
 * that nothing of another patient is said there. Null for a resource without an entry.
 *
 * @param place  of the element that names another patient (`movedPlace`), or of the request
 */
export const withdrawalOf = (
  known: ResourceKnown,
  place: string,
  why: WithdrawalReason,
): DraftEvent | null => {
  const { key, patientKey, event } = known
  if (key === null || patientKey === null || event === null) return null
  const body = bodyOf({ ...known, key }, place, why)
  return body === null ? null : { patientKey, place, body, attachments: [] }
}
