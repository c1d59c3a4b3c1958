import type {
  Address,
  CodeableConcept,
  ContactPoint,
  HumanName,
  Identifier,
  PatientCommunication,
  Reference,
} from '@medplum/fhirtypes'
import { type Coded, type PatientDetailsReported, unsaid } from '@tideway/schemas/events.generated'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { idOf } from '../normalise/answered-id.ts'
import { patientKeyOfResource } from '../keys/patient-key.ts'
import { noCode, readCoded } from '../values/coded.ts'
import { contactsOf } from '../values/contacts.ts'
import { isInForce, nhsNumbersIn, nhsNumberSystem, readIdentifiers } from '../values/identifier.ts'
import { linksOf } from '../values/patient-links.ts'
import { readAddress, readName, readTelecoms, sexOf } from '../values/person.ts'
import { readOrganisation, readPractitioner } from '../values/practitioner.ts'

/** Extensions of UK Core and its predecessor Care Connect. */
const extended = {
  ethnicity: /(UKCore|CareConnect)-EthnicCategory(-1)?$/,
  religion: /(UKCore-.*Religion|patient-religion|CareConnect-ReligiousAffiliation(-1)?)$/,
}

type Extension = { url?: string; valueCodeableConcept?: CodeableConcept }

const extension = (resource: Resource, url: RegExp): Coded | null => {
  return readCoded(
    takeAll<Extension>(resource, 'extension').find((one) => url.test(one.url ?? ''))
      ?.valueCodeableConcept,
  )
}

const languageOf = (resource: Resource): Coded | null => {
  const spoken = takeAll<PatientCommunication>(resource, 'communication')
  return readCoded((spoken.find(({ preferred }) => preferred === true) ?? spoken[0])?.language)
}

const practiceOf = (
  resource: Resource,
  message: FhirMessage,
): Pick<PatientDetailsReported, 'gpPractice' | 'gp'> => {
  const [first] = takeAll<Reference>(resource, 'generalPractitioner')
  const practice = readOrganisation(first, resource, message)
  const gpPractice =
    practice === null
      ? null
      : { ...noCode, code: practice.identifier, text: practice.name, system: practice.authority }
  return { gpPractice, gp: readPractitioner(first, resource, message) }
}

/**
 * Which resource says it, and whether that is all it says: a Patient sent to its own address (PUT)
 * is the whole resource; one that is created, or is part of a message or a document, may say as
 * little as others need to refer to it.
 */
const versionOf = (
  resource: Resource,
  { client, source, messageId, updates, isAnswered, publicIds }: FhirMessage,
): Pick<PatientDetailsReported, 'resource' | 'isWhole'> => {
  const isWhole = updates.has(resource)
  if (client === null || !(isWhole || isAnswered)) return { resource: null, isWhole: null }
  const method = isWhole ? 'PUT' : 'POST'
  const id = idOf({ resource, method }, source, messageId, publicIds)
  return { resource: `${client} Patient/${id}`, isWhole: isWhole ? true : null }
}

const detailsOf = (resource: Resource, message: FhirMessage): PatientDetailsReported => {
  const sent = takeAll<Identifier>(resource, 'identifier')
  const identifiers = readIdentifiers(sent, message.source)
  const inForce = readIdentifiers(
    sent.filter((one) => isInForce(one, message.at)),
    message.source,
  )
  const [nhsNumber = null] = nhsNumbersIn(inForce, message.production)
  const diedAt = take<string>(resource, 'deceasedDateTime')
  return {
    ...unsaid.PatientDetailsReported(),
    identifiers,
    nhsNumber,
    nhsNumberStatus: inForce.find(({ authority }) => authority === nhsNumberSystem)?.status ?? null,
    names: takeAll<HumanName>(resource, 'name').map(readName),
    birthDate: take<string>(resource, 'birthDate'),
    ...sexOf(take<string>(resource, 'gender')),
    deceased: diedAt === null ? take<boolean>(resource, 'deceasedBoolean') : true,
    diedAt,
    active: take<boolean>(resource, 'active'),
    addresses: takeAll<Address>(resource, 'address').map(readAddress),
    telecoms: readTelecoms(takeAll<ContactPoint>(resource, 'telecom')),
    language: languageOf(resource),
    maritalStatus: readCoded(take<CodeableConcept>(resource, 'maritalStatus')),
    religion: extension(resource, extended.religion),
    ethnicity: extension(resource, extended.ethnicity),
    ...practiceOf(resource, message),
    ...versionOf(resource, message),
    // A former NHS number must no longer link the patient.
    deleted:
      nhsNumber === null && nhsNumbersIn(identifiers, message.production).length > 0
        ? ['nhsNumber']
        : [],
  }
}

/** The demographics, contacts and links of a patient. */
export default {
  handles: ['Patient'],
  order: -2,
  toEvents(resource, message) {
    const patientKey = patientKeyOfResource(resource, message)
    return [
      happened(patientKey, resource, detailsOf(resource, message)),
      ...contactsOf(resource, patientKey, message),
      ...linksOf(resource, patientKey, message),
    ]
  },
} satisfies ResourceMapping
