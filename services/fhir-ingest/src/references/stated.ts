import type { Identifier } from '@medplum/fhirtypes'
import type { FhirObject } from '@tideway/fhir/parse-json'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import type {
  EventBody,
  ResourceKnown,
  ResourcePart,
  ResultReported,
} from '@tideway/schemas/events.generated'
import { businessKey } from '../keys/business-key.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { keyFieldOf } from '../normalise/duplicates.ts'
import type { FhirMessage, Resource } from '../normalise/message.ts'

/** Types that others refer to for what they say; they are small, and about nobody. */
export const supporting: ReadonlySet<string> = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Medication',
  'Specimen',
])

/** Largest such resource that is kept whole, characters. */
const largest = 8_192
/** Whether a resource is kept for others to refer to, even if it gives no event. */
export const isSupporting = ({ type }: Resource): boolean => supporting.has(type)

/** The entry of a resource. */
type Entry = Pick<ResourceKnown, 'patientKey' | 'event' | 'key' | 'parts'>
const nobody: Entry = { patientKey: null, event: null, key: null, parts: [] }
const isVisit = (body: EventBody): boolean => 'visit' in body

const partsOf = (body: EventBody, type: string): ResourcePart[] => {
  if (body.type !== 'ResultReported') return []
  const ofService = { key: '', code: body.service.code, text: body.service.text }
  return type === 'Observation' ? partsIn(body.observations) : [ofService]
}

const partsIn = (observations: ResultReported['observations']): ResourcePart[] =>
  observations.map(({ key, code }) => ({ key, code: code.code, text: code.text }))

/** Contacts of a patient: an update that leaves one out ends it. */
const contactsIn = (drafts: readonly DraftEvent[]): ResourcePart[] =>
  drafts.flatMap(({ body }) =>
    body.type === 'ContactReported' ? [{ key: body.contactId, code: null, text: null }] : [],
  )

const entryOf = (resource: Resource, drafts: readonly DraftEvent[]): Entry | null => {
  const draft = drafts.find(({ place }) => place === resource.place)
  if (draft === undefined) return null
  const { patientKey, body } = draft
  if (resource.type === 'Patient') return { ...nobody, patientKey, parts: contactsIn(drafts) }
  const field = keyFieldOf(body)
  if (field === null) return null
  return {
    patientKey,
    event: isVisit(body) ? 'PatientAdmitted' : body.type,
    key: String((body as unknown as Record<string, unknown>)[field]),
    parts: partsOf(body, resource.type),
  }
}

/** Of an observation that is part of a report: the entry it would be by itself. */
const entryAsPart = (
  resource: Resource,
  drafts: ReadonlyMap<Resource, readonly DraftEvent[]>,
  message: FhirMessage,
): Entry | null => {
  for (const whole of message.partOf.get(resource) ?? []) {
    const draft = drafts.get(whole)?.find(({ body }) => body.type === 'ResultReported')
    if (draft === undefined) continue
    const { patientKey, body } = draft
    const key = businessKey(resource, patientKey, message)
    const own = (body as ResultReported).observations.filter(
      ({ ownReportId }) => ownReportId === key,
    )
    const parts = own.map(({ ownKey, code }) => ({
      key: ownKey ?? '',
      code: code.code,
      text: code.text,
    }))
    return { patientKey, event: body.type, key, parts }
  }
  return null
}

/** Whose specimen it is; null if that does not resolve. */
const ownerOf = (resource: Resource, message: FhirMessage): string | null => {
  if (resource.sent['subject'] === undefined) return null
  try {
    return subjectKeyOf(resource, 'subject', message)
  } catch {
    return null
  }
}

const whole = ({ sent }: Resource): string | null => {
  const { text: _text, photo: _photo, subject: _subject, meta: _meta, ...rest } = sent
  const json = JSON.stringify(rest)
  return json.length > largest ? null : json
}

/**
 * Identifiers by which others may refer to a resource, and the members of a panel, which belong to
 * the reports that refer to it; null if it has none.
 */
const identifying = ({ type, sent }: Resource): string | null => {
  const { id, identifier, masterIdentifier } = sent as FhirObject & { identifier?: Identifier[] }
  const hasMember = type === 'Observation' ? sent['hasMember'] : undefined
  if ([identifier, masterIdentifier, hasMember].every((one) => one === undefined)) return null
  return JSON.stringify({ resourceType: type, id, identifier, masterIdentifier, hasMember })
}

/** A resource and the entry it became; null for a type nothing refers to. */
export const statedBy = (
  resource: Resource,
  drafts: ReadonlyMap<Resource, readonly DraftEvent[]>,
  message: FhirMessage,
): Pick<ResourceKnown, 'type' | 'patientKey' | 'event' | 'key' | 'parts' | 'json'> | null => {
  const { type } = resource
  if (isSupporting(resource)) {
    const patientKey = ownerOf(resource, message)
    return { ...nobody, type, patientKey, json: whole(resource) }
  }
  const entry =
    entryOf(resource, drafts.get(resource) ?? []) ?? entryAsPart(resource, drafts, message)
  return entry === null ? null : { ...entry, type, json: identifying(resource) }
}
