import type { Identifier as FhirIdentifier, Reference } from '@medplum/fhirtypes'
import { identifierCondition } from '@tideway/fhir/references'
import { logicalPatientKey, surrogatePatientKey } from '@tideway/record/keys/patient-key'
import type { Identifier } from '@tideway/schemas/events.generated'
import { isOfAccountOrVisit } from '@tideway/schemas/identifier-types'
import { isPlaceholderNumber } from '@tideway/schemas/placeholder-numbers'
import { patientKeyOf, placeholderKeyOf } from '@tideway/schemas/public-id'
import { type FhirErrorCode, fhirError } from '../errors.ts'
import {
  type FhirMessage,
  type PatientsByIdentifier,
  type Resource,
  take,
  takeAll,
} from '../normalise/message.ts'
import { resolve, typeOf, unresolved } from '../normalise/resolve.ts'
import {
  isInForce,
  nhsNumbersIn,
  nhsNumberSystem,
  readIdentifiers,
  surrogateNumbersIn,
} from '../values/identifier.ts'

/** Numbers of patients among identifiers, placeholders included. */
const patientNumbersIn = (
  identifiers: readonly Identifier[],
  { source }: FhirMessage,
): Identifier[] =>
  identifiers.filter(
    ({ authority, organisation, type }) =>
      organisation !== null &&
      authority !== null &&
      source.fhir.patientSystems.includes(authority) &&
      !isOfAccountOrVisit(type),
  )

/**
 * Topic keys of identifiers, by the source's order of preference, then as sent. Never an NHS
 * number, nor the number of an account, visit or order, even in a system of patient numbers; nor a
 * placeholder, which names no one.
 */
const keysOf = (identifiers: readonly Identifier[], message: FhirMessage): string[] => {
  const { source } = message
  const { patientSystems } = source.fhir
  const rank = ({ authority, organisation }: Identifier) =>
    (organisation === source.ods ? 0 : 1_000) + patientSystems.indexOf(authority ?? '')
  return patientNumbersIn(identifiers, message)
    .filter(({ value }) => !isPlaceholderNumber(value, source.placeholders))
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ organisation, value }) => patientKeyOf(organisation as string, value))
}

/** For a source that identifies patients by NHS number alone (`patientsByNhsNumber`). */
const surrogateKey = (
  identifiers: readonly Identifier[],
  birthDate: string | null,
  { source, production }: FhirMessage,
): string | null => {
  const [number, ...others] = surrogateNumbersIn(identifiers, production)
  if (!source.fhir.patientsByNhsNumber || number === undefined || others.length > 0) return null
  return surrogatePatientKey(source.ods, number, birthDate)
}

/**
 * For a patient under a placeholder, such as `UNKNOWN`: what this message says of him stands alone.
 *
 * @param which  tells patients of one message apart
 */
const keyOfMessage = (
  identifiers: readonly Identifier[],
  which: string,
  message: FhirMessage,
): string | null =>
  patientNumbersIn(identifiers, message).length > 0
    ? placeholderKeyOf(message.source.ods, message.messageId, which)
    : null

const why = (
  identifiers: readonly Identifier[],
  { owners, source }: FhirMessage,
): FhirErrorCode => {
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
  message: FhirMessage,
  { which, otherwise }: { which: string; otherwise: string | null },
): string => {
  if (nhsNumbersIn(identifiers, message.production).length > 1)
    throw fhirError('SEVERAL_PATIENTS', at)
  const [key] = keysOf(identifiers, message)
  const found = key ?? surrogateKey(identifiers, birthDate, message)
  if (found !== null) return found
  const code = why(identifiers, message)
  const other =
    (code === 'UNKNOWN_PATIENT' ? otherwise : null) ?? keyOfMessage(identifiers, which, message)
  if (other === null) throw fhirError(code, at)
  return other
}

/**
 * Topic key of a Patient resource.
 *
 * @throws FhirError UNKNOWN_PATIENT, OTHER_ORGANISATION or SEVERAL_PATIENTS
 */
export const patientKeyOfResource = (patient: Resource, message: FhirMessage): string => {
  const key = message.patientKeys.get(patient) ?? keyOfPatient(patient, message)
  message.patientKeys.set(patient, key)
  return key
}

const keyOfPatient = (patient: Resource, message: FhirMessage): string =>
  keyOf(
    inForce(takeAll<FhirIdentifier>(patient, 'identifier'), message),
    take<string>(patient, 'birthDate'),
    `${patient.place}.identifier`,
    message,
    { which: patient.place, otherwise: logicalKey(patient, message) },
  )

/** For a Patient sent to its own address: its id identifies it among those of its client. */
const logicalKey = (patient: Resource, { client, source, updates }: FhirMessage): string | null =>
  client === null || !updates.has(patient)
    ? null
    : logicalPatientKey(source.ods, client, String(patient.sent['id']))

const inForce = (
  identifiers: readonly FhirIdentifier[],
  { at, source }: FhirMessage,
): Identifier[] =>
  readIdentifiers(
    identifiers.filter((one) => isInForce(one, at)),
    source,
  )

const nameOf = ({ system, value }: FhirIdentifier): string => JSON.stringify([system, value])

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
 * The Patient in the submission with an identifier; null if there is none, or several.
 *
 * @throws FhirError SEVERAL_PATIENTS if the identifier is a former one: it is unclear whether
 *   that Patient or its current holder is meant; or a placeholder of several
 */
const patientWith = (sent: FhirIdentifier, at: string, message: FhirMessage): Resource | null => {
  const known = message.patients.get(nameOf(sent)) ?? []
  const isPlaceholder = isPlaceholderNumber(sent.value ?? '', message.source.placeholders)
  const [one, ...others] = new Set(
    known
      .filter(({ identifier }) => isInForce(identifier, message.at))
      .map(({ patient }) => patient),
  )
  if (one === undefined ? known.length > 0 : isPlaceholder && others.length > 0)
    throw fhirError('SEVERAL_PATIENTS', at)
  return others.length === 0 ? (one ?? null) : null
}

/** Types without a record. */
const noPatients: ReadonlySet<string> = new Set(['Group', 'Device', 'Location'])

/**
 * Topic key of the referenced patient: from a Patient in the submission, contained or in another
 * entry, or sent before, else from the identifier of a logical or conditional reference.
 *
 * @returns null if it refers to a group, a device or a location
 * @throws FhirError MISSING_SUBJECT, DANGLING_REFERENCE, UNRESOLVED_REFERENCE, or as
 *   `patientKeyOfResource`
 */
export const patientKeyOfReference = (
  reference: Reference,
  resource: Resource,
  at: string,
  message: FhirMessage,
): string | null => {
  const patient = resolve(reference, resource, message)
  if (patient?.type === 'Patient') return patientKeyOfResource(patient, message)
  if (patient !== null && !noPatients.has(patient.type)) throw fhirError('MISSING_SUBJECT', at)
  if (noPatients.has(typeOf(reference, resource, message) ?? '')) return null
  const condition = identifierCondition(reference.reference ?? '', 'Patient')
  const sent = condition ?? reference.identifier
  const beside = sent === undefined ? null : patientWith(sent, at, message)
  if (beside !== null) return patientKeyOfResource(beside, message)
  if (sent === undefined)
    throw reference.reference === undefined
      ? fhirError('MISSING_SUBJECT', at)
      : unresolved(reference, resource, `${at}.reference`, message)
  return keyOf(inForce([sent], message), null, at, message, { which: '', otherwise: null })
}

/**
 * The other patient of a link, found even by a former identifier, because a merge refers to one.
 *
 * @returns null if nothing identifies the patient, or this source may not report on them
 * @throws FhirError FAULTY_REFERENCE
 */
export const linkedPatient = (
  reference: Reference,
  resource: Resource,
  message: FhirMessage,
): { key: string; identifiers: Identifier[] } | null => {
  const patient = resolve(reference, resource, message)
  const sent =
    patient === null
      ? [identifierCondition(reference.reference ?? '', 'Patient') ?? reference.identifier]
      : ((patient.sent['identifier'] ?? []) as FhirIdentifier[])
  const known = sent.filter((one) => one !== undefined)
  const [key] = [
    ...[(patient === null ? null : message.outside.knownOf(patient)?.patientKey) ?? []].flat(),
    ...keysOf(inForce(known, message), message),
    ...keysOf(readIdentifiers(known, message.source), message),
  ]
  return key === undefined ? null : { key, identifiers: readIdentifiers(known, message.source) }
}
