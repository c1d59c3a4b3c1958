import type { Entry, Generation, Origin, Report } from '@tideway/schemas/documents/entry'
import type { PatientEvent, ResultReported } from '@tideway/schemas/events.generated'
import { dayOf, hasTime, instantOf } from '@tideway/time/iso-time'
import { entryWith, evolveMember } from '../entry.ts'
import { firstSaying } from '../facts.ts'
import { isOfSegment } from '../full-state.ts'
import { notShownOfAll } from '../not-shown.ts'
import { reportOfAll, reportOfSome } from './report-facts.ts'
import { sentAtOf, versionOf } from '../version.ts'
import { type FamilyChange, familyChange, undatedId } from './family-change.ts'
import { memberIdOf } from './member-ids.ts'

const dayMs = 86_400_000
/** A report may be registered this long before its specimen is taken, and a date be corrected. */
const nearMs = 31 * dayMs

const inLondon = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** Since then London is at most an hour ahead of UTC: most times of day are of one day in both. */
const since1972 = Date.UTC(1972, 0)
const lastHourMs = 23 * 60 * 60_000

const dayInLondon = (instant: number): string =>
  instant >= since1972 && instant % dayMs < lastHourMs
    ? new Date(instant).toISOString().slice(0, 10)
    : inLondon.format(instant)

/** Day of collection, the same whichever offset a sender gives; null if less is known. */
export const collectionDay = (collectedAt: string | null): string | null => {
  const instant = instantOf(collectedAt)
  if (collectedAt === null || instant === null || collectedAt.length < 10) return null
  return hasTime(collectedAt) ? dayInLondon(instant) : dayOf(collectedAt)
}

/** When the specimen of a report was taken. */
export const takenAt = ({ header }: Report): string | null =>
  firstSaying(header, 'collectedAt')?.fields.collectedAt ?? null

const isNear = (a: string, b: string): boolean =>
  Math.abs((instantOf(a) ?? 0) - (instantOf(b) ?? 0)) <= nearMs

/**
 * Whether a report of this day is the one of that day. A resource may correct its date, and is then
 * the same unless months lie between.
 */
const isSameDay = (event: PatientEvent, day: string, from: string): boolean =>
  day === from || (!isOfSegment(event) && isNear(day, from))

/** The reports of a number that a statement without a day can be about. */
export const candidatesOf = (told: number, family: readonly Generation[]): Generation[] =>
  family.filter(({ from }) => (instantOf(from) ?? 0) <= told + nearMs)

/** Reports that are marked when a statement without a day may be about any: the newest. */
const inDoubtAtMost = 12

/** `_id` of each entry that a report may be about or change, besides the first of its number. */
export const reportMembers = (body: ResultReported, first: Entry): string[] => {
  if (first.family === undefined) return []
  const day = collectionDay(body.collectedAt)
  if (day === null)
    return [undatedId(first._id), ...first.family.slice(-inDoubtAtMost).map(({ id }) => id)]
  const own = first.family.find(({ from }) => isNear(day, from))
  const same = first.family.find(({ from }) => from === day) ?? own
  const [, second] = first.family
  return [
    undatedId(first._id),
    ...[second, same].flatMap((one) => (one === undefined ? [] : one.id)),
  ]
}

type Find = (id: string) => Entry | undefined

/** The entries after a report of another day than all before. */
const withNewDay = (
  event: PatientEvent,
  first: Entry,
  before: readonly Generation[],
  day: string,
  find: Find,
): FamilyChange | null => {
  const days = [...before.map(({ from }) => from), day].toSorted()
  const family = days.map((from, index) => ({
    id: index === 0 ? first._id : memberIdOf(first._id, from),
    from,
  }))
  const isEarliest = days[0] === day
  // What is in chunks stays: a report of an earlier day is then in the same entry.
  if (isEarliest && first.chunks !== undefined) return null
  const unclear = ({ undated, version }: Origin & { undated?: true }): boolean =>
    undated === true && candidatesOf(sentAtOf(version), family).length > 1
  const some = (isTold: Parameters<typeof reportOfSome>[1]): Report | null =>
    reportOfSome(first.data as Report, isTold)
  const aside = some(unclear)
  const stays = some((one) => !unclear(one) && (!isEarliest || one.undated === true))
  const moved = isEarliest ? some((one) => one.undated !== true) : null
  const made: Entry[] = []
  const put = (id: string, data: Report | null): void => {
    if (data === null) return
    const known = id === first._id ? undefined : find(id)
    const all = reportOfAll([...(known === undefined ? [] : [known.data as Report]), data])
    if (all === null) return
    const notShown = notShownOfAll([first, ...(known === undefined ? [] : [known])])
    made.push(
      entryWith(id, first.patient, find(id) ?? null, all, notShown, first.holds !== undefined),
    )
  }
  put(undatedId(first._id), aside)
  put(memberIdOf(first._id, before[0]?.from ?? ''), moved)
  const own = family.find(({ from }) => from === day)?.id as string
  if (!isEarliest) put(first._id, aside === null ? null : stays)
  const base = isEarliest ? { ...first, data: stays as Report } : (find(own) ?? null)
  const entry = evolveMember(isEarliest && stays === null ? withoutData(first) : base, event, own)
  return entry === null
    ? null
    : familyChange([...made, entry], own, first, family, event.messageId, find)
}

/** The entry as if nothing had been told of it: its address and version stay. */
const withoutData = (entry: Entry): Entry => ({ ...entry, data: null as unknown as Report })

/** `_id` of the report that a statement without a day is about. */
const undatedMember = (
  { sentAt, receivedAt }: PatientEvent,
  first: Entry,
  family: readonly Generation[],
): string =>
  candidatesOf(sentAtOf(versionOf(sentAt, receivedAt)), family).length > 1
    ? undatedId(first._id)
    : first._id

const memberOf = (
  event: PatientEvent,
  day: string,
  family: readonly Generation[],
): string | undefined =>
  (
    family.find(({ from }) => from === day) ??
    family.find(({ from }) => isSameDay(event, day, from))
  )?.id

/**
 * What a report makes of the reports of its number and service, which a laboratory may use again.
 *
 * Reports of one number and service are told apart by the day of collection. A statement without
 * one is about the only report it can be about, else it stands beside them.
 *
 * @param first  entry of the number and service
 * @returns null if the report is about that entry
 */
export const evolveReports = (
  event: PatientEvent,
  body: ResultReported,
  first: Entry,
  find: Find,
): FamilyChange | null => {
  const taken = takenAt(first.data as Report)
  if (first.family === undefined && taken === body.collectedAt) return null
  const [day, known] = [collectionDay(body.collectedAt), collectionDay(taken)]
  if (first.family === undefined && (day === null || known === null)) return null
  const family = first.family ?? [{ id: first._id, from: known as string }]
  if (day !== null && !family.some(({ from }) => isSameDay(event, day, from)))
    return withNewDay(event, first, family, day, find)
  const own = day === null ? undatedMember(event, first, family) : memberOf(event, day, family)
  if (own === undefined || own === first._id) return null
  const entry = evolveMember(find(own) ?? null, event, own)
  return entry === null ? null : familyChange([entry], own, first, family, event.messageId, find)
}
