import type {
  Address,
  CodeableConcept,
  ContactPoint,
  HumanName,
  PatientCommunication,
  Period,
} from '@medplum/fhirtypes'
import { type ContactReported, unsaid } from '@tideway/schemas/events.generated'
import { businessKey } from '../keys/business-key.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { readAllCoded } from '../values/coded.ts'
import { readAddress, readName, readTelecoms, sexOf } from '../values/person.ts'
import { readContactStatus } from '@tideway/record/status/contact-status'

const contactOf = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): ContactReported => {
  const [relationship, role] = readAllCoded(takeAll<CodeableConcept>(resource, 'relationship'))
  const period = take<Period>(resource, 'period')
  const active = take<boolean>(resource, 'active')
  return {
    ...unsaid.ContactReported(),
    contactId: businessKey(resource, patientKey, message),
    names: takeAll<HumanName>(resource, 'name').map(readName),
    relationship: relationship ?? null,
    role: role ?? null,
    telecoms: readTelecoms(takeAll<ContactPoint>(resource, 'telecom')),
    addresses: takeAll<Address>(resource, 'address').map(readAddress),
    ...sexOf(take<string>(resource, 'gender')),
    birthDate: take<string>(resource, 'birthDate'),
    languages: readAllCoded(
      takeAll<PatientCommunication>(resource, 'communication').map(
        ({ language }) => language ?? {},
      ),
    ),
    ...readContactStatus(active === null ? null : String(active), 'BOOLEAN'),
    from: period?.start ?? null,
    until: period?.end ?? null,
  }
}

/** A contact of the patient. */
export default {
  handles: ['RelatedPerson'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'patient', message)
    return patientKey === null
      ? []
      : [happened(patientKey, resource, contactOf(resource, patientKey, message))]
  },
} satisfies ResourceMapping
