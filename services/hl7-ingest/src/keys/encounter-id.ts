import {
  accountVisitKey,
  admissionVisitKey,
  alternateVisitKey,
  identifiesVisit,
  isForeign,
  tellsVisitsApart,
  visitFieldOf,
  visitNumberKey,
} from '@tideway/record/keys/encounter-key'
import { optionalTime } from '../datatypes/time-field.ts'
import { instantIn } from '@tideway/time/iso-time'
import { leavePart, leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, markUnusable, raw, repetitions, text } from '@tideway/hl7v2/lexer/fields'
import type { Identifier } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import { type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { readIdentifier, readIdentifiers } from '../datatypes/cx.ts'
import { isNhsNumber } from '../datatypes/nhs-number.ts'
import { patientClasses, translate } from '../tables/translate.ts'

/**
 * What identifies a visit: its number (PV1-19, or where a fix of the source finds it), else the
 * alternate visit id (PV1-50), else the account (PID-18), else admission time and class (PV1-44 and
 * PV1-2).
 *
 * Visits are never merged by guessing. Each kind of id is a separate encounter: a message with a
 * visit number updates another entry than an earlier one with only the account, even if a person
 * would see the same stay. Neither a day, nor midnight (which many systems send for a day), nor the
 * account of a non-inpatient (which may cover several visits) is used. An alternate id or account
 * of an authority other than the organisation itself includes that authority, because each may
 * count from 1. If the sender corrects PV1-44 or the class of a visit identified only by them, the
 * next message creates another entry.
 *
 * @param patientKey  patient of the visit, whose organisation must have assigned the number
 * @param readTime    reads PV1-44 when it identifies the visit
 * @returns null if nothing identifies the visit, or PV1-19 is another organisation's; the fields
 *   sent are then listed as unused
 * @see HL7 v2.5.1 chapters 3.4.2.18, 3.4.3.19, 3.4.3.44 and 3.4.3.50
 */
export const readEncounterId = (
  pv1: Segment,
  patientKey: string,
  context: Context,
  readTime = optionalTime,
): string | null => {
  const id =
    numberOf(pv1, patientKey, context) ??
    (hasNumber(pv1, context) ? null : beginningOf(pv1, context, readTime))
  return id ?? unused(pv1)
}

/**
 * The same without PV1-44, for senders that know the visit second-hand: a laboratory at best
 * repeats its number.
 */
export const readEncounterNumber = (
  pv1: Segment,
  patientKey: string,
  context: Context,
): string | null => numberOf(pv1, patientKey, context) ?? unused(pv1)

/**
 * The same if nothing else of the visit is reported: the assigning authority, the identifier type
 * and anything else read are listed as unused.
 */
export const readReferencedNumber = (
  pv1: Segment,
  patientKey: string,
  context: Context,
): string | null => {
  const id = readEncounterNumber(pv1, patientKey, context)
  leaveAllButNumber(pv1, 19)
  const field = id === null ? null : visitFieldOf(id)
  if (field === 'PV1-50')
    leaveAllButNumber(pv1, 50, id?.includes('^') ? numberAndGiver : numberAlone)
  if (field === 'PID-18') markSent(pv1, [2, 50])
  return id
}

/** CX-1, with 2 and 3 (its check digit); 4 if the authority is part of the id. */
const numberAlone: PartsRead = [1, 1, 1]
export const numberAndGiver: PartsRead = [1, 1, 1, 1]

/** Lists all of an identifier but its number as unused. */
export const leaveAllButNumber = (segment: Segment, field: number, used = numberAlone): void => {
  const [identifier, ...others] = repetitions(segment, field)
  if (others.length > 0) leavePart(segment, `${field}~`)
  if (identifier !== undefined)
    leaveUnread(segment, field, componentsOf(segment.message, identifier), used)
}

/** Whether PV1-19 has a number, of any organisation: no other field is then considered. */
export const hasNumber = (pv1: Segment, { source }: Context): boolean =>
  readIdentifier(pv1, 19, source) !== null

const numberOf = (pv1: Segment, patientKey: string, context: Context): string | null => {
  const number = readIdentifier(pv1, 19, context.source)
  if (number !== null) return isForeign(number, patientKey) ? null : visitNumberKey(number.value)
  const repaired = context.fixes.reduce<string | null>(
    (found, fix) => found ?? fix.visitNumber?.(pv1) ?? null,
    null,
  )
  return repaired === null
    ? (alternateOf(pv1, patientKey, context) ?? accountOf(pv1, patientKey, context))
    : visitNumberKey(repaired)
}

const alternateOf = (pv1: Segment, patientKey: string, context: Context): string | null => {
  const alternate = readIdentifier(pv1, 50, context.source)
  return alternate !== null && namesVisit(alternate, pv1, patientKey, context)
    ? alternateVisitKey(alternate)
    : null
}

const accountOf = (pv1: Segment, patientKey: string, context: Context): string | null => {
  const pid = segmentOf(pv1.message, 'PID')
  const account = pid === null ? null : readIdentifier(pid, 18, context.source)
  return account !== null && namesVisit(account, pv1, patientKey, context)
    ? accountVisitKey(account, classOf(pv1, context))
    : null
}

/** Whether an alternate id or account identifies the visit; see `identifiesVisit`. */
const namesVisit = (
  identifier: Identifier,
  pv1: Segment,
  patientKey: string,
  { source }: Context,
): boolean => {
  const pid = segmentOf(pv1.message, 'PID')
  const own = pid === null ? [] : [3, 2, 4].flatMap((field) => readIdentifiers(pid, field, source))
  const numbers = own.map(({ value }) => value)
  return !isNhsNumber(identifier, source) && identifiesVisit(identifier, patientKey, numbers)
}

const classOf = (pv1: Segment, { source }: Context): string | null =>
  translate(source, 'PV1-2', text(pv1, 2), patientClasses)

const beginningOf = (
  pv1: Segment,
  context: Context,
  readTime: typeof optionalTime,
): string | null => {
  const began = readTime(pv1, 44, context)
  const patientClass = classOf(pv1, context)
  return tellsVisitsApart(began) && patientClass !== null
    ? admissionVisitKey(instantIn(began, context.source.hl7.timeZone), patientClass)
    : null
}

const unused = (pv1: Segment): null => {
  const pid = segmentOf(pv1.message, 'PID')
  markSent(pv1, [2, 19, 44, 50])
  if (pid !== null) markSent(pid, [18])
  return null
}

const markSent = (segment: Segment, fields: readonly number[]): void => {
  for (const field of fields) if (raw(segment, field) !== '') markUnusable(segment, field)
}
