import { decisiveTime, optionalTime } from '../../datatypes/time-field.ts'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  firstPart,
  firstRepetition,
  isDeleted,
  text,
} from '@tideway/hl7v2/lexer/fields'
import {
  type Address,
  type Identifier,
  type PatientDetailsReported,
  unsaid,
} from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import type { Context } from '../../normalise/mapping.ts'
import {
  fieldPlace,
  type Hl7Message,
  placeOf,
  type Segment,
  segmentOf,
} from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../../datatypes/ce.ts'
import { readCodedList } from '../../datatypes/coded-list.ts'
import { readIdentifiers } from '../../datatypes/cx.ts'
import { detailOf } from '@tideway/hl7v2/datatypes/detail'
import { isNhsNumber, validNhsNumber } from '../../datatypes/nhs-number.ts'
import { timeOf } from '@tideway/hl7v2/datatypes/period'
import { sexes, translate } from '../../tables/translate.ts'
import { readAddresses } from '../../datatypes/xad.ts'
import { readNames } from '../../datatypes/xpn.ts'
import { readTelecoms } from '../../datatypes/xtn.ts'
import { readYesNo } from '@tideway/hl7v2/datatypes/yes-no'
import { readDisabilities } from '../../segments/db1.ts'
import { isInForce, readPatientKey } from '../../keys/patient-keys.ts'
import { readPd1 } from '../../segments/pd1.ts'
import { readZSegments } from '../../segments/z-segments.ts'

export type Patient = { key: string; pid: Segment; details: PatientDetailsReported }

/**
 * The one patient of a message: PID, and PD1.
 *
 * @throws IngestError MISSING_FIELD at PID or PID-3, SEVERAL_PATIENTS, INVALID_FIELD at PID-7, or
 *   at PID-3 if no number there is in force
 */
export const readPatient = (message: Hl7Message, context: Context): Patient => {
  const pid = segmentOf(message, 'PID')
  if (pid === null) throw new IngestError('MISSING_FIELD', 'PID')
  const patient = readPatientOf(pid, segmentOf(message, 'PD1'), context)
  patient.details.zSegments = readZSegments(message)
  patient.details.disabilities = readDisabilities(message, context)
  for (const other of message.segments)
    if (other.name === 'PID' && other !== pid) requireSame(patient, other, context)
  return patient
}

/** The patient of one PID, where a message has several on purpose (A40). */
export const readPatientOf = (pid: Segment, pd1: Segment | null, context: Context): Patient => {
  const ids = readIdentifiers(pid, 3, context.source)
  const key = readPatientKey(pid, ids, context)
  if (key === null)
    throw new IngestError(
      ids.every((one) => isInForce(one, pid.message, context.source))
        ? 'MISSING_FIELD'
        : 'INVALID_FIELD',
      fieldPlace(pid, 3),
    )
  return { key, pid, details: readDetails(pid, ids, pd1, context) }
}

/** A second PID may only repeat the first: whose results follow would be a guess. */
const requireSame = (patient: Patient, other: Segment, context: Context): void => {
  const ids = readIdentifiers(other, 3, context.source)
  const number = readNhsNumber(other, ids, context)
  const contradicts =
    number !== null && patient.details.nhsNumber !== null && number !== patient.details.nhsNumber
  if (contradicts || readPatientKey(other, ids, context) !== patient.key)
    throw new IngestError('SEVERAL_PATIENTS', placeOf(other))
}

const readDetails = (
  pid: Segment,
  ids: readonly Identifier[],
  pd1: Segment | null,
  context: Context,
): PatientDetailsReported => {
  const { source } = context
  const status = text(pid, 32)
  const identifiers = readAllIdentifiers(pid, ids, status, source)
  const nhsNumber = readNhsNumber(pid, identifiers, context)
  return {
    ...unsaid.PatientDetailsReported(),
    identifiers,
    nhsNumber,
    nhsNumberStatus: status,
    names: [...readNames(pid, 5), ...readNames(pid, 9)],
    birthDate: decisiveTime(pid, 7, context),
    sex: translate(source, 'PID-8', text(pid, 8), sexes),
    deceased: readYesNo(pid, 30),
    diedAt: optionalTime(pid, 29, context),
    addresses: withCounty(pid, readAddresses(pid, 11)),
    telecoms: telecomFields.flatMap((field) => readTelecoms(pid, field)),
    language: readCoded(pid, 15),
    maritalStatus: readCoded(pid, 16),
    religion: readCoded(pid, 17),
    ethnicity: readCoded(pid, 22),
    mothersMaidenNames: readNames(pid, 6),
    mothersIdentifiers: readIdentifiers(pid, 21, source),
    races: readCodedList(pid, 10),
    birthPlace: text(pid, 23),
    multipleBirth: readYesNo(pid, 24),
    birthOrder: text(pid, 25),
    citizenships: readCodedList(pid, 26),
    veteran: readCoded(pid, 27),
    nationality: readCoded(pid, 28),
    identityUnknown: readYesNo(pid, 31),
    updatedAt: optionalTime(pid, 33, context),
    tribes: readCodedList(pid, 39),
    ...readDriversLicence(pid),
    ...(pd1 === null ? {} : readPd1(pd1, context)),
    deleted:
      nhsNumber === null && hadNhsNumber(pid, identifiers, context)
        ? [...deletedFields(pid, pd1), 'nhsNumber']
        : deletedFields(pid, pd1),
  }
}

/**
 * PID-12 is the county of the one address, where that does not say its own (PID-11.9); of several
 * nothing says which. HL7 v2.5.1 chapter 3.4.2.12.
 */
const withCounty = (pid: Segment, addresses: Address[]): Address[] => {
  const [first, second] = addresses
  if (
    !pid.fields[12] ||
    first === undefined ||
    second !== undefined ||
    (first.detail?.county ?? null) !== null
  )
    return addresses
  return [
    {
      ...first,
      detail: detailOf({ ...(first.detail ?? unsaid.AddressDetail()), county: text(pid, 12) }),
    },
  ]
}

/** @see HL7 v2.5.1 chapter 2A.22, data type DLN */
const readDriversLicence = (
  pid: Segment,
): Pick<
  PatientDetailsReported,
  'driversLicence' | 'driversLicenceIssuer' | 'driversLicenceUntil'
> => {
  const { message } = pid
  const components = componentsOf(message, firstRepetition(pid, 20) ?? '')
  leaveUnread(pid, 20, components, [1, 1, 1])
  return {
    driversLicence: firstPart(message, components[0]),
    driversLicenceIssuer: firstPart(message, components[1]),
    driversLicenceUntil: timeOf(message, components[2]),
  }
}

/**
 * Every identifier sent, PID-3 first, each once. The verification status is about the NHS number
 * alone.
 */
const readAllIdentifiers = (
  pid: Segment,
  ids: readonly Identifier[],
  status: string | null,
  source: Context['source'],
): Identifier[] => {
  const found: Identifier[] = []
  const known = new Set<string>()
  const add = (one: Identifier) => {
    if (status !== null && isNhsNumber(one, source)) one.status = status
    const name = `${one.value}\n${one.authority}\n${one.type}`
    if (!known.has(name)) found.push(one)
    known.add(name)
  }
  ids.forEach(add)
  for (const field of [2, 4, 18, 19]) readIdentifiers(pid, field, source).forEach(add)
  return found
}

/**
 * One that is not in force is kept as an identifier only. @throws IngestError SEVERAL_PATIENTS if
 * there are two valid ones that differ: they name two people
 */
const readNhsNumber = (
  pid: Segment,
  identifiers: readonly Identifier[],
  { source, production }: Context,
): string | null => {
  let found: string | null = null
  for (const identifier of identifiers) {
    const number =
      isNhsNumber(identifier, source) && isInForce(identifier, pid.message, source)
        ? validNhsNumber(identifier.value, production)
        : null
    if (number !== null && found !== null && number !== found)
      throw new IngestError('SEVERAL_PATIENTS', fieldPlace(pid, 3))
    found = number ?? found
  }
  return found
}

/** One that is no longer theirs must not go on linking them. */
const hadNhsNumber = (
  pid: Segment,
  identifiers: readonly Identifier[],
  { source, production }: Context,
): boolean =>
  identifiers.some(
    (one) =>
      isNhsNumber(one, source) &&
      validNhsNumber(one.value, production) !== null &&
      !isInForce(one, pid.message, source),
  )

/** Home, business, and from version 2.7 on both. */
const telecomFields = [13, 14, 40]

const deletable: [number, keyof PatientDetailsReported][] = [
  [32, 'nhsNumberStatus'],
  [5, 'names'],
  [7, 'birthDate'],
  [8, 'sex'],
  [30, 'deceased'],
  [29, 'diedAt'],
  [11, 'addresses'],
  [13, 'telecoms'],
  [14, 'telecoms'],
  [15, 'language'],
  [16, 'maritalStatus'],
  [17, 'religion'],
  [22, 'ethnicity'],
]

/** A field of ours made of two of theirs is deleted if one says so and the other has no value. */
const deletedFields = (pid: Segment, pd1: Segment | null): string[] => {
  const names = deletable.filter(([field]) => isDeleted(pid, field)).map(([, name]) => name)
  if (pd1 !== null && isDeleted(pd1, 3)) names.push('gpPractice')
  if (pd1 !== null && isDeleted(pd1, 4)) names.push('gp')
  if (names.length === 0) return names
  const stillThere = (name: string) =>
    name === 'telecoms' && telecomFields.some((field) => readTelecoms(pid, field).length > 0)
  return [...new Set(names)].filter((name) => !stillThere(name))
}
