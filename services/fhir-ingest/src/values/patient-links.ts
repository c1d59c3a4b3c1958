import type { Identifier as FhirIdentifier, PatientLink } from '@medplum/fhirtypes'
import { type EventBody, type Identifier, unsaid } from '@tideway/schemas/events.generated'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import { happened } from '../mapping.ts'
import { type Message, type Resource, take } from '../normalise/message.ts'
import { linkedPatient } from '../keys/patient-key.ts'
import { markAll } from '@tideway/fhir/element-usage'
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

/** What a link says to each of the two. @see FHIR R4, value set link-type, required */
const told = (type: PatientLink['type'], own: Side, other: Side): [EventBody, EventBody] => {
  if (type === 'seealso' || type === 'refer') return [linked(own, other), linked(other, own)]
  const both = type === 'replaced-by' ? merged(other, own) : merged(own, other)
  return [both, both]
}

/**
 * Patient.link: that two source patients are one person, or that one took the place of the other,
 * as HL7 v2 says it with A24 and A40. One whose other side is nobody this source may speak of is
 * listed as not used.
 */
export const linksOf = (resource: Resource, key: string, message: Message): DraftEvent[] => {
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
    markAll(sent, resource.marks)
    void take<PatientLink[]>(resource, 'link')?.[index]
    const place = { place: `${resource.place}.link[${index}]` }
    const [toOwn, toOther] = told(sent.type, own, other)
    return [happened(key, place, toOwn), happened(other.key, place, toOther)]
  })
}
