import type { DraftEvent } from '@tideway/ingest/draft-event'
import type { ResourceKnown } from '@tideway/schemas/events.generated'
import { happened } from '../mapping.ts'
import { retractionOf } from '../retractions/retraction-events.ts'
import type { StatedResource } from './compare-stated.ts'

/** @property isOlder  the update was sent before the statement that is known */
type Update = { place: string; now: StatedResource; before: ResourceKnown | null; isOlder: boolean }

/**
 * The events of a Patient sent to its own address, with those that end the contacts it had before
 * and has no more. Of an older update that comes late only the contacts that the newer has are new.
 *
 * @see FHIR R4, RESTful API, update
 */
export const withLeftOutContacts = (
  drafts: readonly DraftEvent[],
  { place, now, before, isOlder }: Update,
): DraftEvent[] => {
  if (before === null || before.type !== 'Patient' || before.patientKey !== now.patientKey)
    return [...drafts]
  const [newer, older] = isOlder ? [before, now] : [now, before]
  const kept = new Set(newer.parts.map(({ key }) => key))
  if (isOlder)
    return drafts.filter(({ body }) => body.type !== 'ContactReported' || kept.has(body.contactId))
  const ended = older.parts.filter(({ key }) => !kept.has(key))
  const { patientKey } = before
  const retraction = retractionOf('RelatedPerson')
  if (patientKey === null || retraction === null) return [...drafts]
  return [
    ...drafts,
    ...ended.map(({ key }) =>
      happened(patientKey, { place: `${place}.contact` }, retraction.eventOf(key, place, [])),
    ),
  ]
}
