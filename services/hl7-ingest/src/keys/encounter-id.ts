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
import type { Identifier } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import {
  componentsOf,
  leaveUnread,
  markUnusable,
  type PartsRead,
  raw,
  repetitions,
  type Segment,
  segmentOf,
  text,
} from '@tideway/hl7v2/lexer/message'
import { readIdentifier, readIdentifiers } from '../datatypes/cx.ts'
import { isNhsNumber } from '../datatypes/nhs-number.ts'
import { patientClasses, translate } from '../datatypes/table.ts'
import { instantOf, optionalTime } from '../datatypes/timestamp.ts'

/**
 * What a visit is known by: its number (PV1-19, or where a fix of the source finds it), else the
 * alternate visit id (PV1-50), else the account (PID-18), else when it began with its class (PV1-44
 * and PV1-2).
 *
 * Two visits are never made one by guess. Each kind is an encounter of its own: a message that
 * names the visit by its number is another entry than one before it that could only name the
 * account, even if a person would say that it is the same stay. A mere day does not tell two visits
 * of that day apart, nor does midnight, as which many systems write a day; and outside a bed
 * several visits may have one account: neither is used. An alternate id or account of an authority
 * other than the organisation itself has it beside it, as each may count from one. When the sender
 * corrects PV1-44 or changes the class of a visit known only by them, the next message speaks of
 * another entry.
 *
 * @param patientKey  whose visit it is: a number of another organisation is not one of theirs
 * @param readTime    how PV1-44 is read where it decides
 * @returns null if nothing tells the visit from the patient's others, or PV1-19 is another
 *   organisation's; what was sent is then listed as unused
 * @throws IngestError as `readTime` does
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
 * The same without PV1-44, for senders to whom the visit is hearsay: a laboratory repeats its
 * number at best.
 */
export const readEncounterNumber = (
  pv1: Segment,
  patientKey: string,
  context: Context,
): string | null => numberOf(pv1, patientKey, context) ?? unused(pv1)

/**
 * The same where nothing else is told of the visit: who gave the number, of what type it is, and
 * whatever else was looked at is listed as unused.
 */
export const readHeardNumber = (
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

/** CX-1, and 2 and 3, which only guard it; 4 where it stands in what the visit is known by. */
const numberAlone: PartsRead = [1, 1, 1]
const numberAndGiver: PartsRead = [1, 1, 1, 1]

/** Lists what an identifier has beside its number, where the number alone is told. */
export const leaveAllButNumber = (segment: Segment, field: number, told = numberAlone): void => {
  const [identifier] = repetitions(segment, field)
  if (identifier !== undefined)
    leaveUnread(segment, field, componentsOf(segment.message, identifier), told)
}

/** Whether PV1-19 has a number, of whomever it is: if so nothing else is looked at. */
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

/** Whether an alternate id or account tells the visit from others; see `identifiesVisit`. */
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
    ? admissionVisitKey(instantOf(began, context.source.hl7.timeZone), patientClass)
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
