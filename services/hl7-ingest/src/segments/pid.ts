import { decisiveTime, optionalTime } from '../datatypes/time-field.ts'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  firstPart,
  firstRepetition,
  isDeleted,
  repetitions,
  text,
} from '@tideway/hl7v2/lexer/fields'
import {
  type Address,
  type Identifier,
  type PatientDetailsReported,
  type Telecom,
  unsaid,
} from '@tideway/schemas/events.generated'
import { IngestError } from '../errors.ts'
import type { Context } from '../normalise/mapping.ts'
import { fieldPlace, type Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { readIdentifiers } from '../datatypes/cx.ts'
import { detailOf } from '@tideway/hl7v2/datatypes/detail'
import { authorityOf } from '@tideway/hl7v2/datatypes/hd'
import { isNhsNumber, validNhsNumber } from '../datatypes/nhs-number.ts'
import { timeOf } from '@tideway/hl7v2/datatypes/period'
import { sexes, translate } from '../tables/translate.ts'
import { readAddresses } from '../datatypes/xad.ts'
import { readNames } from '../datatypes/xpn.ts'
import { readTelecoms } from '../datatypes/xtn.ts'
import { readYesNo } from '@tideway/hl7v2/datatypes/yes-no'
import { isInForce } from '../keys/in-force.ts'

/**
 * PID, patient identification. A time of death (PID-29) without the indicator (PID-30) says that
 * the patient has died.
 *
 * @param ids          PID-3
 * @param alsoDeleted  fields deleted by other segments
 * @throws IngestError SEVERAL_PATIENTS at PID-3
 * @see HL7 v2.5.1 chapter 3.4.2
 */
export const readPid = (
  pid: Segment,
  ids: readonly Identifier[],
  alsoDeleted: readonly string[],
  context: Context,
): PatientDetailsReported => {
  const diedAt = optionalTime(pid, 29, context)
  const deceased = readYesNo(pid, 30) ?? (diedAt === null || isDeleted(pid, 30) ? null : true)
  const deleted = [...deletedFields(pid), ...alsoDeleted]
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
    sexAsSent: text(pid, 8),
    deceased,
    diedAt,
    addresses: withCounty(pid, readAddresses(pid, 11)),
    telecoms: readAllTelecoms(pid),
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
    deleted:
      nhsNumber === null && hadNhsNumber(pid, identifiers, context)
        ? [...deleted, 'nhsNumber']
        : deleted,
  }
}

/**
 * PID-12 is the county of a single address without one in PID-11.9; with several addresses it is
 * ambiguous. HL7 v2.5.1 chapter 3.4.2.12.
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

/** Every identifier, PID-3 first, without repeats. PID-32 is the status of the NHS number only. */
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
 * The valid NHS number that is in force; null if there is none.
 *
 * @throws IngestError SEVERAL_PATIENTS at PID-3 if two differ: they identify two people
 */
export const readNhsNumber = (
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

/**
 * Whether a valid NHS number has expired, or the sender deleted it: it must no longer link the
 * patient.
 */
const hadNhsNumber = (
  pid: Segment,
  identifiers: readonly Identifier[],
  { source, production }: Context,
): boolean =>
  deletesNhsNumber(pid, source) ||
  identifiers.some(
    (one) =>
      isNhsNumber(one, source) &&
      validNhsNumber(one.value, production) !== null &&
      !isInForce(one, pid.message, source),
  )

/** Two quotes in CX-1 of a repetition of PID-3 that is marked as an NHS number: `""^^^NHS^NH`. */
const deletesNhsNumber = (pid: Segment, source: Context['source']): boolean =>
  !source.hl7.fixes.includes('quotes-mean-nothing') &&
  repetitions(pid, 3).some((repetition) => {
    const { message } = pid
    const [value, , , authority, type] = componentsOf(message, repetition)
    const { authority: name, authorityId } = authorityOf(message, authority)
    const marks: Identifier = {
      ...unsaid.Identifier(),
      value: '',
      authority: name,
      type: firstPart(message, type),
      detail: detailOf({ ...unsaid.IdentifierDetail(), authorityId }),
    }
    return value === '""' && isNhsNumber(marks, source)
  })

/** Home (PID-13), business (PID-14), and both from version 2.7 (PID-40). */
const readAllTelecoms = (pid: Segment): Telecom[] => [
  ...readTelecoms(pid, 13),
  ...readTelecoms(pid, 14),
  ...readTelecoms(pid, 40),
]

const deletable: [number, keyof PatientDetailsReported][] = [
  [32, 'nhsNumberStatus'],
  [5, 'names'],
  [7, 'birthDate'],
  [8, 'sex'],
  [8, 'sexAsSent'],
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

/** A value read from two fields is deleted if one is deleted and the other is empty. */
const deletedFields = (pid: Segment): string[] => {
  if (!pid.fields.includes('""')) return []
  const names = deletable.filter(([field]) => isDeleted(pid, field)).map(([, name]) => name)
  if (names.length === 0) return names
  const stillThere = (name: string) => name === 'telecoms' && readAllTelecoms(pid).length > 0
  return [...new Set(names)].filter((name) => !stillThere(name))
}
