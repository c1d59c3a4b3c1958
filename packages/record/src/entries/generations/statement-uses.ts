import type { Stated } from '@tideway/schemas/documents/entry'
import { dayOf, instantOf } from '@tideway/time/iso-time'
import { isOfSegment } from '../full-state.ts'
import { statusOfAll } from '../statement.ts'
import { isOneThing, type Told, type Use, type UseKind, useOf } from './use-kinds.ts'

const dayMs = 86_400_000
/** Dates of one thing are not corrected by more than this. */
const nearMs = 31 * dayMs

/** One use of a number, by what is known of it. */
export type Uses = { all: { one: Told; use: Use }[] }

const over: ReadonlySet<string> = new Set([
  'completed',
  'cancelled',
  'stopped',
  'replaced',
  'rejected',
  'discontinued',
  'deleted',
  'fulfilled',
  'no-show',
  'entered-in-error',
])

const isOver = (kind: UseKind, { all }: Uses): boolean =>
  kind !== 'document' && over.has(statusOfAll(kind, all.map(({ one }) => one) as Stated[]))

const areFar = (a: string | null, b: string | null): boolean => {
  const [one, other] = [instantOf(a), instantOf(b)]
  return one !== null && other !== null && Math.abs(one - other) > nearMs
}

const isSameDay = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && dayOf(a) === dayOf(b)

/** The newest date said of it: an appointment may have been moved. */
const dateOf = ({ all }: Uses): string | null =>
  all.findLast(({ use }) => use.date !== null)?.use.date ?? null
const isOfDay = ({ all }: Uses, date: string | null): boolean =>
  all.some(({ use }) => isSameDay(use.date, date))

/** Whether the same segment of the same sender says that it is for something else. */
const isForAnother = ({ all }: Uses, { service, by }: Use): boolean => {
  const known = all.findLast(({ use }) => use.service !== null && use.by === by)?.use.service
  return known !== undefined && service !== null && known !== service
}

/** The newest of what is known of a document that says something of one of its facts. */
const factOf = <T>({ all }: Uses, fact: (use: Use) => T | null | undefined): T | null =>
  all.flatMap(({ use }) => fact(use) ?? []).at(-1) ?? null

const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b

/**
 * A document under the number of another: an original (T01, T02) of another type, or made on
 * another day with another title or for another visit. A correction of the type or of the title
 * alone by an original is shown twice; a sender replaces (T09, T10) or edits (T07, T08) the one.
 */
const isAnotherDocument = (before: Uses, { service, date, document }: Use): boolean => {
  if (document === undefined || before.all.every(({ use }) => use.document === undefined))
    return false
  if (
    differ(
      service,
      factOf(before, (use) => use.service),
    )
  )
    return true
  const isOtherDay = date !== null && dateOf(before) !== null && !isOfDay(before, date)
  return (
    isOtherDay &&
    (differ(
      document.title,
      factOf(before, (use) => use.document?.title),
    ) ||
      differ(
        document.visit,
        factOf(before, (use) => use.document?.visit),
      ))
  )
}

/** An order of HL7 v2 anew: for something else, or after the one before was over. */
const isOrderedAnew = (kind: UseKind, before: Uses, use: Use): boolean => {
  if (!before.all.some(({ use: known }) => known.begins && known.by === use.by)) return false
  if (isForAnother(before, use)) return true
  const last = before.all.at(-1)?.use.told ?? 0
  return isOver(kind, before) && (instantOf(use.date) ?? use.told) > last
}

/** A booking of HL7 v2 anew: for another time, after the one before was over or its time came. */
const isBookedAnew = (before: Uses, use: Use): boolean => {
  const [start, known] = [instantOf(use.date), instantOf(dateOf(before))]
  return (
    start !== null &&
    known !== null &&
    !isSameDay(use.date, dateOf(before)) &&
    (isOver('appointment', before) || use.told > known + dayMs)
  )
}

const isOrder = (kind: UseKind): boolean => kind === 'request' || kind === 'prescription'

/** Whether a statement begins another use of its number than the one before. */
const beginsAnew = (kind: UseKind, before: Uses, one: Told, use: Use): boolean => {
  if (!use.begins) return false
  if (isOfSegment(one)) {
    if (isOrder(kind)) return isOrderedAnew(kind, before, use)
    if (kind === 'appointment') return isBookedAnew(before, use)
    if (isOneThing(kind)) return isForAnother(before, use)
    if (isAnotherDocument(before, use)) return true
  }
  return areFar(use.date, dateOf(before))
}

/**
 * The use a statement is about, of those told before: of those for the same the one with its date,
 * else the newest; undefined if it begins another.
 */
const usedBy = (kind: UseKind, found: readonly Uses[], one: Told, use: Use): Uses | undefined => {
  const same = found.filter((known) => !isForAnother(known, use))
  const fitting = same.length > 0 ? same : found
  const [dated, ...others] = same.filter((known) => isOfDay(known, use.date))
  if (dated !== undefined && others.length === 0) return dated
  const newest = fitting.at(-1)
  return newest === undefined || beginsAnew(kind, newest, one, use) ? undefined : newest
}

/**
 * Uses of a number that some statements are about, in the order they were told.
 *
 * @param told  in version order
 */
export const usesOf = (kind: UseKind, told: readonly Told[]): Uses[] => {
  const found: Uses[] = []
  for (const one of told) {
    const use = useOf(kind, one)
    const known = usedBy(kind, found, one, use)
    if (known === undefined) found.push({ all: [{ one, use }] })
    else known.all.push({ one, use })
  }
  return found
}

/** When a use of a number began, by the statement that began it. */
export const beganAt = (used: Uses): string => {
  const [first] = used.all as [Uses['all'][number]]
  const began = used.all.find(({ use }) => use.begins && use.date !== null)?.use.date
  return began ?? new Date(first.use.told).toISOString()
}

/**
 * Whether any of some statements could begin a use of its number besides the first.
 *
 * @param told  in version order
 */
export const mayBeSeveral = (kind: UseKind, told: readonly Told[]): boolean => {
  const begins = (one: Told): boolean => useOf(kind, one).begins
  return isOneThing(kind) ? told.slice(1).some(begins) : told.filter(begins).length > 1
}
