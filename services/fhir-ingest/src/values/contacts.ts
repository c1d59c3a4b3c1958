import type { PatientContact } from '@medplum/fhirtypes'
import { statementKey } from '@tideway/record/keys/business-key'
import { type ContactReported, unsaid } from '@tideway/schemas/events.generated'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import { happened } from '../mapping.ts'
import { type FhirMessage, type Resource, takeAll } from '../normalise/message.ts'
import { readAllCoded } from './coded.ts'
import { readAddress, readName, readTelecoms, sexOf } from './person.ts'
import { readOrganisation } from './practitioner.ts'

/** Name and relationship identify a contact, which has no number, like NK1 in HL7 v2. */
const wordsOf = ({ names, organisation, telecoms, relationship }: ContactReported): string[] => {
  const [name] = names
  const who = name?.family ?? organisation?.name ?? telecoms[0]?.value ?? ''
  return [who, name?.given.join(' ') ?? '', relationship?.code ?? relationship?.text ?? '']
}

const contactOf = (
  sent: PatientContact,
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): ContactReported => {
  const [relationship, role] = readAllCoded(sent.relationship ?? [])
  const { name, telecom, address, gender, organization, period } = sent
  const contact: ContactReported = {
    ...unsaid.ContactReported(),
    contactId: '',
    names: name === undefined ? [] : [readName(name)],
    relationship: relationship ?? null,
    role: role ?? null,
    telecoms: readTelecoms(telecom ?? []),
    addresses: address === undefined ? [] : [readAddress(address)],
    organisation: readOrganisation(
      organization === undefined ? null : { type: 'Organization', ...organization },
      resource,
      message,
    ),
    ...sexOf(gender ?? null),
    from: period?.start ?? null,
    until: period?.end ?? null,
  }
  const scope = { patientKey, sender: message.source.ods }
  return { ...contact, contactId: statementKey(null, wordsOf(contact), scope) }
}

const namesSomebody = ({ names, organisation, telecoms }: ContactReported): boolean =>
  names.length > 0 || organisation !== null || telecoms.length > 0

/**
 * Patient.contact: contact people and organisations. A contact without person or organisation is
 * left out.
 */
export const contactsOf = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): DraftEvent[] => {
  return takeAll<PatientContact>(resource, 'contact').flatMap((sent, index) => {
    const contact = contactOf(sent, resource, patientKey, message)
    return namesSomebody(contact)
      ? [happened(patientKey, { place: `${resource.place}.contact[${index}]` }, contact)]
      : []
  })
}
