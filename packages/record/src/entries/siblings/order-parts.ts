import type { NamedPart } from '@tideway/schemas/documents/entry'
import type { Version } from '@tideway/schemas/documents/version'
import { covers, namesInTag, partWordsOf } from '../../keys/report-part.ts'

/** What one statement says of which report of its number and service it is about. */
export type PartTold = { tag: string | null; version: Version; day: string | null }

/** The report that a statement is in; `about`: those it may be about if these are several. */
export type ReportUnit = { id: string; about: readonly string[] }

type Parts = readonly NamedPart[]
type Named = { tag: string | null }

/** Parts told apart. A number with more is no number of an order. */
const partsKept = 64
const daysKept = 30

const isIn = (narrow: Named, wide: Named): boolean =>
  covers(namesInTag(narrow.tag), namesInTag(wide.tag))

/** Whether two name the same part, such as one specimen number with and without its type. */
const isSame = (a: Named, b: Named): boolean => isIn(a, b) && isIn(b, a)

/** Parts that are of this one and named more closely: the isolates of a specimen. */
const within = (part: Named, parts: Parts): NamedPart[] =>
  parts.filter((one) => isIn(one, part) && !isIn(part, one))

/** Those that are named most closely: each is a report. */
export const closest = (parts: Parts): NamedPart[] =>
  parts.filter((part) => within(part, parts).length === 0)

/** Whether parts are several reports, and not one that is named in several ways. */
const isSeveral = ([first, ...others]: Parts): boolean =>
  first !== undefined && others.some((one) => !isSame(first, one))

/** `_id` of the entry of what may be about several parts. */
export const asideId = (firstId: string, tag: string | null): string =>
  `${firstId}~?${partWordsOf(namesInTag(tag))}`

/** `_id` of the report of a part, unless it is that of number and service alone. */
export const ownId = (firstId: string, tag: string | null): string =>
  tag === null ? firstId : `${firstId}~${partWordsOf(namesInTag(tag))}`

const isOnDay = ({ days }: NamedPart, day: string | null): boolean =>
  day === null || days === null || days.length === 0 || days.includes(day)

/** The parts told of before a statement; if none was, the first told of after it. */
const knownAt = (version: Version, parts: Parts): Parts => {
  const before = parts.filter(({ since }) => since <= version)
  if (before.length > 0) return before
  const [first] = parts.map(({ since }) => since).toSorted()
  return parts.filter(({ since }) => since === first)
}

/**
 * The report that a statement is about, of those of its number and service: the only one it can be
 * about by the specimen and isolate it names, of several by its day of collection; else it stands
 * beside them. It can only be about what was told of until then.
 *
 * Follows from what was told and when, not from the order of arrival.
 *
 * @param firstId  `_id` of the entry of number and service
 */
export const unitOf = (firstId: string, parts: Parts, told: PartTold): ReportUnit => {
  const { tag, version, day } = told
  const own = parts.find((part) => part.tag === tag)
  const possible = within(told, parts)
  if (possible.length === 0) return { id: own?.id ?? ownId(firstId, tag), about: [] }
  const known = closest(knownAt(version, possible))
  const onDay = isSeveral(known) ? known.filter((part) => isOnDay(part, day)) : known
  const units = onDay.map((part) =>
    unitOf(firstId, parts, { tag: part.tag, version: part.since, day }),
  )
  const about = [
    ...new Set(units.flatMap((unit) => (unit.about.length > 0 ? unit.about : unit.id))),
  ]
  const [one] = units
  return one !== undefined && (about.length === 1 || units.every(({ id }) => id === one.id))
    ? one
    : { id: asideId(firstId, tag), about }
}

const withDay = (days: string[] | null, day: string | null): string[] | null => {
  if (days === null || day === null || days.includes(day)) return days
  return days.length >= daysKept ? null : [...days, day].toSorted()
}

const byTag = (a: NamedPart, b: NamedPart): number => (a.tag < b.tag ? -1 : 1)

/** The address of number and service alone always is that of one of the reports. */
const withFirst = (firstId: string, before: Parts, after: Parts): NamedPart[] => {
  const had = before.filter(({ id }) => id === firstId)
  const reports = closest(after)
  if (had.length === 0 || reports.some(({ id }) => id === firstId)) return [...after]
  const heir = reports.find((part) => had.some((one) => isIn(part, one))) ?? reports[0]
  return after.map((part) =>
    heir !== undefined && isSame(part, heir) ? { ...part, id: firstId } : part,
  )
}

const idOfNew = (
  firstId: string,
  parts: Parts,
  tag: string,
  isTaken: (id: string) => boolean,
): string => {
  const own = ownId(firstId, tag)
  const same = parts.find((part) => isSame(part, { tag }))
  if (same !== undefined) return same.id
  if (within({ tag }, parts).length > 0) return asideId(firstId, tag)
  return isTaken(own) || parts.some(({ id }) => id === firstId) ? own : firstId
}

/**
 * The parts of a number and service after a statement. The same if it names none or no more can be
 * told apart.
 *
 * @param isTaken  whether there is an entry with an `_id`: one that an earlier release stored stays
 *   where it is
 */
export const withPart = (
  firstId: string,
  parts: Parts,
  { tag, version, day }: PartTold,
  isTaken: (id: string) => boolean,
): Parts => {
  if (tag === null) return parts
  const known = parts.find((part) => part.tag === tag)
  if (known === undefined && parts.length >= partsKept) return parts
  const since = known === undefined || version < known.since ? version : known.since
  const days = withDay(known === undefined ? [] : known.days, day)
  if (known !== undefined && known.since === since && known.days === days) return parts
  const id = known?.id ?? idOfNew(firstId, parts, tag, isTaken)
  const after = [...parts.filter((part) => part !== known), { tag, since, id, days }]
  return withFirst(firstId, parts, after.toSorted(byTag))
}
