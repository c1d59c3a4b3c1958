import type { Identifier } from '@tideway/schemas/events.generated'
import { identifierGroupOf, isOfAccountOrVisit } from '@tideway/schemas/identifier-types'
import { patientKeyOf } from '@tideway/schemas/public-id'
import type { Source } from '@tideway/schemas/source'
import type { Context } from '../normalise/mapping.ts'
import { componentsOf, decoded } from '@tideway/hl7v2/lexer/fields'
import { type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { readIdentifiers } from '../datatypes/cx.ts'
import { isNhsNumber, validNhsNumber } from '../datatypes/nhs-number.ts'
import { isInForce } from './in-force.ts'

/**
 * Topic key of the patient in a PID: from PID-3, else PID-2, else PID-4, as before version 2.3.
 * Never from a number that is not in force, even if it is repeated without its dates.
 *
 * @param identifiers  PID-3
 * @returns null if it identifies no patient this source may report on
 */
export const readPatientKey = (
  pid: Segment,
  identifiers: readonly Identifier[],
  { source }: Context,
): string | null => {
  const inForce = (all: readonly Identifier[]) =>
    all.filter(
      (one) =>
        isInForce(one, pid.message, source) &&
        (isListed(one.type, source) || !isAccountHere(one, pid)),
    )
  const [first] = keysOf(inForce(identifiers), source)
  if (first !== undefined) return first
  const known = new Set(allKeysOf(identifiers, source))
  const old = (field: number) =>
    keysOf(inForce(readIdentifiers(pid, field, source)), source, true).find(
      (key) => !known.has(key),
    )
  return old(2) ?? old(4) ?? null
}

/**
 * Whether a number is also sent as the account (PID-18) or the visit (PV1-19): a mother and her
 * newborn may share it.
 */
const isAccountHere = ({ value }: Identifier, pid: Segment): boolean => {
  const { message } = pid
  const pv1 = segmentOf(message, 'PV1')
  return [pid.fields[18], pv1?.fields[19]].some(
    (field) => decoded(message, componentsOf(message, field ?? '')[0])?.trim() === value,
  )
}

/**
 * Topic keys of identifiers, preferred first: the sender's own organisation, then the authorities
 * it lists, then the rest; within those by the source's order of types, untyped last, then as sent.
 * Numbers of a type the source does not list are used only if there are no others. Never an NHS
 * number, nor the number of an account, visit or order.
 *
 * @param old  a number without type or authority that could be an NHS number is not used
 */
export const keysOf = (
  identifiers: readonly Identifier[],
  source: Source,
  old = false,
): string[] => {
  const named = identifiers.filter(
    (one) => isPatientNumber(one, source) && !(old && looksLikeNhsNumber(one)),
  )
  const listed = named.filter(({ type }) => isListed(type, source))
  return keysInOrder(listed.length > 0 ? listed : named, source)
}

/** All of them, those of a type the source does not list included. */
const allKeysOf = (identifiers: readonly Identifier[], source: Source): string[] =>
  keysInOrder(
    identifiers.filter((one) => isPatientNumber(one, source)),
    source,
  )

const keysInOrder = (named: Identifier[], source: Source): string[] => {
  if (named.length > 1) named.sort((a, b) => rank(a, source) - rank(b, source))
  return named.map(({ organisation, value }) => patientKeyOf(organisation as string, value))
}

const isListed = (type: string | null, { hl7 }: Source): boolean =>
  type === null || hl7.patientIdentifierTypes.includes(type)

const isPatientNumber = (identifier: Identifier, source: Source): boolean => {
  const { organisation, type } = identifier
  return (
    organisation !== null &&
    !isOfAccountOrVisit(type) &&
    (isListed(type, source) || mayBePatientNumber(identifier)) &&
    !isNhsNumber(identifier, source)
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

const looksLikeNhsNumber = ({ value, authority, type }: Identifier) =>
  authority === null && type === null && validNhsNumber(value, false) !== null

/**
 * Lower is better: 1,000 for another organisation, 500 for one matched only by `*`, plus the index
 * of the type.
 */
const rank = ({ authority, organisation, type }: Identifier, { ods, hl7 }: Source): number => {
  const listed =
    authority === null || authority === ods || Object.hasOwn(hl7.authorities, authority)
  const index = type === null ? -1 : hl7.patientIdentifierTypes.indexOf(type)
  const place = index === -1 ? hl7.patientIdentifierTypes.length : index
  return (organisation === ods ? 0 : 1_000) + (listed ? 0 : 500) + place
}

/** Every source patient of a parked message, as far as it can be read. Never throws. */
export const readPatientKeys = (message: Hl7Message, context: Context): string[] => {
  const { source } = context
  const keys = new Set<string>()
  for (const segment of message.segments) {
    if (segment.name === 'PID')
      keys.add(readPatientKey(segment, readIdentifiers(segment, 3, source), context) ?? '')
    if (segment.name === 'MRG')
      for (const key of keysOf(readIdentifiers(segment, 1, source), source)) keys.add(key)
  }
  keys.delete('')
  return [...keys]
}
