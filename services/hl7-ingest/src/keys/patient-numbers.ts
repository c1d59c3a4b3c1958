import { componentsOf, decoded } from '@tideway/hl7v2/lexer/fields'
import { type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import type { Identifier } from '@tideway/schemas/events.generated'
import { identifierGroupOf, isOfAccountOrVisit } from '@tideway/schemas/identifier-types'
import { isPlaceholderNumber } from '@tideway/schemas/placeholder-numbers'
import type { Source } from '@tideway/schemas/source'
import { isMarkedAsChi, isNhsNumber, validNhsNumber } from '../datatypes/nhs-number.ts'

/** Whether a number was sent without an authority and a type. */
export const isBare = ({ authority, type }: Identifier): boolean =>
  authority === null && type === null

/**
 * Whether a number is also sent as the account (PID-18) or the visit (PV1-19): a mother and her
 * newborn may share it.
 */
export const isAccountHere = ({ value }: Identifier, pid: Segment): boolean => {
  const { message } = pid
  const pv1 = segmentOf(message, 'PV1')
  return [pid.fields[18], pv1?.fields[19]].some(
    (field) => decoded(message, componentsOf(message, field ?? '')[0])?.trim() === value,
  )
}

export const isListed = (type: string | null, { hl7 }: Source): boolean =>
  type === null || hl7.patientIdentifierTypes.includes(type)

/** A number that stands where one of the patient would, and names no one: `UNKNOWN`. */
export const isPlaceholder = (identifier: Identifier, source: Source): boolean =>
  isOfPatient(identifier, source) && isPlaceholderNumber(identifier.value, source.placeholders)

export const isPatientNumber = (identifier: Identifier, source: Source): boolean =>
  isOfPatient(identifier, source) && !isPlaceholderNumber(identifier.value, source.placeholders)

const isOfPatient = (identifier: Identifier, source: Source): boolean => {
  const { organisation, type } = identifier
  return (
    organisation !== null &&
    !isOfAccountOrVisit(type) &&
    (isListed(type, source) || mayBePatientNumber(identifier)) &&
    !isNhsNumber(identifier, source) &&
    !((type === null || !isListed(type, source)) && isMarkedAsChi(identifier))
  )
}

/**
 * Whether a number of a type that the source does not list is one of the patient: unknown types
 * are, those known to be something else are not. A bare number that is a valid NHS number probably
 * is one, under a local name.
 */
const mayBePatientNumber = ({ value, authority, type }: Identifier): boolean =>
  identifierGroupOf(type ?? '') === null &&
  !(authority === null && validNhsNumber(value, false) !== null)

export const looksLikeNhsNumber = (one: Identifier): boolean =>
  isBare(one) && validNhsNumber(one.value, false) !== null

/**
 * Whether a number is one of the patient, of whatever organisation and time, not a national one.
 */
export const isOtherNumber = (one: Identifier, pid: Segment, source: Source): boolean =>
  !isNhsNumber(one, source) &&
  !isMarkedAsChi(one) &&
  !isAccountHere(one, pid) &&
  (isListed(one.type, source) || identifierGroupOf(one.type ?? '') === null) &&
  validNhsNumber(one.value, false) === null
