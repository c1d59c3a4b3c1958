import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import type { Identifier } from '@tideway/schemas/events.generated'
import { patientKeyOf, placeholderKeyOf } from '@tideway/schemas/public-id'
import type { Source } from '@tideway/schemas/source'
import type { Context } from '../normalise/mapping.ts'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { readIdentifiers } from '../datatypes/cx.ts'
import { isNhsNumber } from '../datatypes/nhs-number.ts'
import { isInForce } from './in-force.ts'
import {
  isAccountHere,
  isBare,
  isListed,
  isPatientNumber,
  isPlaceholder,
  looksLikeNhsNumber,
} from './patient-numbers.ts'
import { readSurrogateKey } from './surrogate-key.ts'

/**
 * Topic key of the patient in a PID: from PID-3, else PID-2, else PID-4, as before version 2.3.
 * Never from a number that is not in force, even if it is repeated without its dates, nor from the
 * NHS number repeated without its type. Without any number of an organisation, the surrogate of the
 * NHS number; where a placeholder (`UNKNOWN`) stands in place of it, a key of this message alone.
 *
 * @param identifiers  PID-3
 * @returns null if it identifies no patient this source may report on
 */
export const readPatientKey = (
  pid: Segment,
  identifiers: readonly Identifier[],
  context: Context,
): string | null =>
  ownKey(pid, identifiers, context) ??
  readSurrogateKey(pid, identifiers, context) ??
  keyOfMessage(pid, identifiers, context)

const keyOfMessage = (
  pid: Segment,
  identifiers: readonly Identifier[],
  { source, messageId }: Context,
): string | null => {
  const all = [...identifiers, ...[2, 4].flatMap((field) => readIdentifiers(pid, field, source))]
  return all.some((one) => isPlaceholder(one, source))
    ? placeholderKeyOf(source.ods, messageId, String(pid.nth))
    : null
}

const none: ReadonlySet<string | null> = new Set()

const markedNumbers = (identifiers: readonly Identifier[], source: Source) =>
  new Set(
    identifiers.filter((one) => isNhsNumber(one, source)).map(({ value }) => nhsNumberOf(value)),
  )

const ownKey = (
  pid: Segment,
  identifiers: readonly Identifier[],
  { source }: Context,
): string | null => {
  const marked = identifiers.some(isBare) ? markedNumbers(identifiers, source) : none
  const inForce = (all: readonly Identifier[]) =>
    all.filter(
      (one) =>
        isInForce(one, pid.message, source) &&
        (isListed(one.type, source) || !isAccountHere(one, pid)) &&
        !(isBare(one) && marked.has(nhsNumberOf(one.value) ?? '')),
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
