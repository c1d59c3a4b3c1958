import type { Identifier as FhirIdentifier, PatientLink } from '@medplum/fhirtypes'
import { type EventBody, type Identifier, unsaid } from '@tideway/schemas/events.generated'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import { happened } from '../mapping.ts'
import { type FhirMessage, type Resource, take } from '../normalise/message.ts'
import { linkedPatient } from '../keys/patient-key.ts'
import { markAllUsed } from '@tideway/fhir/element-usage'
import { readIdentifiers } from './identifier.ts'

/** One of the two patients of a link. */
type Side = { key: string; identifiers: Identifier[] }

const merged = (surviving: Side, prior: Side): EventBody => ({
  ...unsaid.PatientsMerged(),
  surviving: surviving.identifiers,
  survivingKey: surviving.key,
  prior: prior.identifiers,
  priorKeys: [prior.key],
})

const linked = (side: Side, other: Side): EventBody => ({
  ...unsaid.PatientsLinked(),
  identifiers: side.identifiers,
  otherIdentifiers: other.identifiers,
  otherKeys: [other.key],
})

/**
 * The events of a link, for each of the two patients. @see FHIR R4, value set link-type, required
 */
const linkEvents = (type: PatientLink['type'], own: Side, other: Side): [EventBody, EventBody] => {
  if (type === 'seealso' || type === 'refer') return [linked(own, other), linked(other, own)]
  const both = type === 'replaced-by' ? merged(other, own) : merged(own, other)
  return [both, both]
}

/**
 * Patient.link: two source patients are one person, or one replaces the other, like A24 and A40 of
 * HL7 v2. A link to a patient this source may not report on is listed as unused.
 */
export const linksOf = (resource: Resource, key: string, message: FhirMessage): DraftEvent[] => {
  const own: Side = {
    key,
    identifiers: readIdentifiers(
      (resource.sent['identifier'] ?? []) as FhirIdentifier[],
      message.source,
    ),
  }
  return ((resource.sent['link'] ?? []) as PatientLink[]).flatMap((sent, index) => {
    const other = sent.other === undefined ? null : linkedPatient(sent.other, resource, message)
    if (other === null || other.key === key) return []
    markAllUsed(sent, resource.usage)
    void take<PatientLink[]>(resource, 'link')?.[index]
    const place = { place: `${resource.place}.link[${index}]` }
    const [toOwn, toOther] = linkEvents(sent.type, own, other)
    return [happened(key, place, toOwn), happened(other.key, place, toOther)]
  })
}
