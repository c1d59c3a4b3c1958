import type { Identifier as FhirIdentifier, Reference } from '@medplum/fhirtypes'
import { surrogatePatientKey } from '@tideway/record/keys/patient-key'
import type { Identifier } from '@tideway/schemas/events.generated'
import { patientKeyOf } from '@tideway/schemas/public-id'
import { type ErrorCode, type FhirError, fhirError } from '@tideway/fhir/errors'
import {
  type Message,
  type PatientsByIdentifier,
  type Resource,
  take,
  takeAll,
} from '../normalise/message.ts'
import { conditionOf, resolve, typeOf } from '../normalise/references.ts'
import { isInForce, nhsNumbersIn, nhsNumberSystem, readIdentifiers } from '../values/identifier.ts'

/**
 * Topic keys identifiers stand for, the source's preferred system first, then as sent. Never an NHS
 * number.
 */
const keysOf = (identifiers: readonly Identifier[], { source }: Message): string[] => {
  const { patientSystems } = source.fhir
  const rank = ({ authority, organisation }: Identifier) =>
    (organisation === source.ods ? 0 : 1_000) + patientSystems.indexOf(authority ?? '')
  return identifiers
    .filter(
      ({ authority, organisation }) =>
        organisation !== null && authority !== null && patientSystems.includes(authority),
    )
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ organisation, value }) => patientKeyOf(organisation as string, value))
}

/** Of a source whose file says that it knows its patients by NHS number alone. */
const surrogateKey = (
  identifiers: readonly Identifier[],
  birthDate: string | null,
  { source, production }: Message,
): string | null => {
  const [number] = nhsNumbersIn(identifiers, production)
  if (!source.fhir.patientsByNhsNumber || number === undefined) return null
  return surrogatePatientKey(source.ods, number, birthDate)
}

const why = (identifiers: readonly Identifier[], { owners, source }: Message): ErrorCode => {
  const isOthers = ({ authority, organisation }: Identifier) =>
    organisation === null &&
    authority !== nhsNumberSystem &&
    (owners.get(authority ?? '') ?? source.ods) !== source.ods
  return identifiers.some(isOthers) ? 'OTHER_ORGANISATION' : 'UNKNOWN_PATIENT'
}

const keyOf = (
  identifiers: readonly Identifier[],
  birthDate: string | null,
  at: string,
  message: Message,
): string => {
  if (nhsNumbersIn(identifiers, message.production).length > 1)
    throw fhirError('SEVERAL_PATIENTS', at)
  const [key] = keysOf(identifiers, message)
  const found = key ?? surrogateKey(identifiers, birthDate, message)
  if (found === null) throw fhirError(why(identifiers, message), at)
  return found
}

/**
 * Topic key of the patient a Patient resource describes. @throws FhirError UNKNOWN_PATIENT,
 * OTHER_ORGANISATION or SEVERAL_PATIENTS
 */
export const patientKeyOfResource = (patient: Resource, message: Message): string => {
  const key = message.patientKeys.get(patient) ?? keyOfPatient(patient, message)
  message.patientKeys.set(patient, key)
  return key
}

const keyOfPatient = (patient: Resource, message: Message): string =>
  keyOf(
    inForce(takeAll<FhirIdentifier>(patient, 'identifier'), message),
    take<string>(patient, 'birthDate'),
    `${patient.place}.identifier`,
    message,
  )

const inForce = (identifiers: readonly FhirIdentifier[], { at, source }: Message): Identifier[] =>
  readIdentifiers(
    identifiers.filter((one) => isInForce(one, at)),
    source,
  )

const nameOf = ({ system, value }: FhirIdentifier): string => `${system ?? ''}|${value ?? ''}`

export const patientsByIdentifier = (resources: readonly Resource[]): PatientsByIdentifier =>
  Map.groupBy(
    resources
      .filter(({ type }) => type === 'Patient')
      .flatMap((patient) =>
        ((patient.sent['identifier'] ?? []) as FhirIdentifier[]).map((identifier) => ({
          patient,
          identifier,
        })),
      ),
    ({ identifier }) => nameOf(identifier),
  )

/**
 * The Patient in what was sent that has the identifier; null if there is none, or several.
 *
 * @throws FhirError SEVERAL_PATIENTS if one only had it: whether he is meant, or who has it now,
 *   would be a guess
 */
const patientWith = (sent: FhirIdentifier, at: string, message: Message): Resource | null => {
  const known = message.patients.get(nameOf(sent)) ?? []
  const [one, ...others] = new Set(
    known
      .filter(({ identifier }) => isInForce(identifier, message.at))
      .map(({ patient }) => patient),
  )
  if (one === undefined && known.length > 0) throw fhirError('SEVERAL_PATIENTS', at)
  return others.length === 0 ? (one ?? null) : null
}

/** Of whom no record is kept. */
const noPatients: ReadonlySet<string> = new Set(['Group', 'Device', 'Location'])

const dangling = (at: string): FhirError => fhirError('DANGLING_REFERENCE', at)

/**
 * Topic key of the patient a reference means.
 *
 * By a Patient in what was sent, contained or beside it, else by the identifier of a logical or a
 * conditional reference.
 *
 * @returns null if it means no patient but a group, a device or a place
 * @throws FhirError MISSING_SUBJECT, DANGLING_REFERENCE, or as `patientKeyOfResource`
 */
export const patientKeyOfReference = (
  reference: Reference,
  resource: Resource,
  at: string,
  message: Message,
): string | null => {
  const patient = resolve(reference, resource, message)
  if (patient?.type === 'Patient') return patientKeyOfResource(patient, message)
  if (patient !== null && !noPatients.has(patient.type)) throw fhirError('MISSING_SUBJECT', at)
  if (noPatients.has(typeOf(reference, resource, message) ?? '')) return null
  const condition = conditionOf(reference.reference ?? '', 'Patient')
  const sent = condition ?? reference.identifier
  const beside = sent === undefined ? null : patientWith(sent, at, message)
  if (beside !== null) return patientKeyOfResource(beside, message)
  if (sent === undefined)
    throw reference.reference === undefined
      ? fhirError('MISSING_SUBJECT', at)
      : dangling(`${at}.reference`)
  return keyOf(inForce([sent], message), null, at, message)
}

/**
 * The patient at the other end of a link, by a number that may well be over: it is by that he was
 * known.
 *
 * @returns null if nothing tells who it is, or this source may not speak of him
 * @throws FhirError FAULTY_REFERENCE
 */
export const linkedPatient = (
  reference: Reference,
  resource: Resource,
  message: Message,
): { key: string; identifiers: Identifier[] } | null => {
  const patient = resolve(reference, resource, message)
  const sent =
    patient === null
      ? [conditionOf(reference.reference ?? '', 'Patient') ?? reference.identifier]
      : ((patient.sent['identifier'] ?? []) as FhirIdentifier[])
  const known = sent.filter((one) => one !== undefined)
  const [key] = [
    ...keysOf(inForce(known, message), message),
    ...keysOf(readIdentifiers(known, message.source), message),
  ]
  return key === undefined ? null : { key, identifiers: readIdentifiers(known, message.source) }
}

/** Topic key of whom a resource is about. @returns and throws as `patientKeyOfReference` */
export const subjectKeyOf = (
  resource: Resource,
  element: string,
  message: Message,
): string | null => {
  const at = `${resource.place}.${element}`
  const reference = take<Reference>(resource, element)
  if (reference === null) throw fhirError('MISSING_SUBJECT', at)
  return patientKeyOfReference(reference, resource, at, message)
}

/**
 * What is said of somebody else would be one person's data in another's record. @throws FhirError
 * SEVERAL_PATIENTS
 */
export const requireSame = (resource: Resource, patientKey: string, message: Message): void => {
  if (resource.sent['subject'] === undefined) return
  if (subjectKeyOf(resource, 'subject', message) !== patientKey)
    throw fhirError('SEVERAL_PATIENTS', `${resource.place}.subject`)
}

/** What may be somebody; what says nothing of itself may be too. */
const people: ReadonlySet<string | null> = new Set(['Patient', 'RelatedPerson', 'Group', null])

/**
 * A heart rate of the child she carries is recorded with the mother for its subject. Shown as hers
 * it would be one person's data in another's record.
 *
 * @throws FhirError UNKNOWN_MODIFIER if an observation is about somebody else than its subject
 * @see FHIR R4, Observation.focus
 */
export const refuseOthersFocus = (
  resource: Resource,
  patientKey: string,
  message: Message,
): void => {
  for (const [index, focus] of takeAll<Reference>(resource, 'focus').entries()) {
    const at = `${resource.place}.focus[${index}]`
    const type = typeOf(focus, resource, message)
    if (
      !people.has(type) ||
      (type === 'Patient' && patientKeyOfReference(focus, resource, at, message) === patientKey)
    )
      continue
    throw fhirError('UNKNOWN_MODIFIER', at)
  }
}
