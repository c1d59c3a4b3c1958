import type { Doubt, Entry, NamedPart, Report } from '@tideway/schemas/documents/entry'
import { isWithdrawnStatus } from '../../status/observation-status.ts'
import { retractionOf } from '../../status/report-status.ts'
import { areSeparateNames, namesInTag } from '../../keys/report-part.ts'
import { byVersion } from '../facts.ts'
import { undatedId } from '../generations/family-change.ts'
import { familyOf } from '../generations/member-ids.ts'
import { candidatesOf, collectionDay, takenAt } from '../generations/reports.ts'
import { sentAtOf } from '../version.ts'
import { closest, unitOf } from './order-parts.ts'
import {
  asideIds,
  type Find,
  generationsRead,
  membersIn,
  partToldIn,
  siblingIds,
  type ReportStatement,
  statementsIn,
} from './sibling-entries.ts'

/** A statement that may be about several entries, and the `_id` of these. */
type Aside = { entry: Entry; statement: ReportStatement; about: readonly string[] }

const idOf = ({ _id }: Entry): string => _id

const withdraws = ({ status = null }: ReportStatement): boolean =>
  retractionOf(status) !== null || isWithdrawnStatus(status)

const isIn = ({ origins }: Entry, { message }: ReportStatement): boolean =>
  origins.some((origin) => origin.message === message)

const isOfDay = ({ data }: Entry, day: string | null): boolean => {
  const own = collectionDay(takenAt(data as Report))
  return day === null || own === null || own === day
}

/** What names no day and may be about several generations of one report. */
const undatedAsides = (unitId: string, find: Find): Aside[] => {
  const [entry, first] = [find(undatedId(unitId)), find(unitId)]
  if (entry === undefined || first === undefined) return []
  return statementsIn(entry.data as Report).map((statement) => ({
    entry,
    statement,
    about: candidatesOf(sentAtOf(statement.version), familyOf(first))
      .slice(-generationsRead)
      .map(({ id }) => id),
  }))
}

/** What may be about several specimens or isolates. */
const partAsides = (firstId: string, parts: readonly NamedPart[], find: Find): Aside[] =>
  asideIds(firstId, parts).flatMap((id) =>
    membersIn(id, find).flatMap((entry) => {
      const told = partToldIn(entry)
      return statementsIn(entry.data as Report).map((statement) => {
        const { day } = told(statement)
        const { about } = unitOf(firstId, parts, told(statement))
        const entries = about.flatMap((unit) => membersIn(unit, find))
        const own = entries.filter((one) => isOfDay(one, day) && !isIn(one, statement))
        return { entry, statement, about: own.map(idOf) }
      })
    }),
  )

/**
 * A report retracted under the name of a specimen may be one that is known by its isolate alone, or
 * the other way round.
 */
const retractions = (parts: readonly NamedPart[], find: Find): Aside[] => {
  const units = [...new Set(parts.map(({ id }) => id))]
  const maybe = (unit: string, tag: string): boolean =>
    parts.some((one) => one.id === unit && !areSeparateNames(namesInTag(one.tag), namesInTag(tag)))
  return units.flatMap((own) =>
    membersIn(own, find).flatMap((entry) =>
      statementsIn(entry.data as Report).flatMap((statement) => {
        const { part } = statement
        if (part === undefined || retractionOf(statement.status ?? null) === null) return []
        const others = units.filter((unit) => unit !== own && maybe(unit, part))
        return {
          entry,
          statement,
          about: others.flatMap((unit) => membersIn(unit, find)).map(idOf),
        }
      }),
    ),
  )
}

const isLater = ({ origins }: Entry, { version }: ReportStatement): boolean =>
  origins.every((origin) => origin.version < version)

const doubtOf = (entry: Entry, asides: readonly Aside[]): Doubt | undefined => {
  const later = asides
    .filter(({ about, statement }) => about.includes(entry._id) && isLater(entry, statement))
    .toSorted((a, b) => byVersion(a.statement, b.statement))
  const newest = later.at(-1)
  if (newest === undefined) return undefined
  const { message, place, version, source } = newest.statement
  return {
    message,
    place,
    version,
    source,
    by: newest.entry._id,
    withdraws: later.some(({ statement }) => withdraws(statement)),
  }
}

const withMarks = (
  { inDoubt: _, aboutOneOf: __, ...entry }: Entry,
  doubt: Doubt | undefined,
  about: readonly string[],
): Entry => ({
  ...entry,
  ...(about.length === 0 ? {} : { aboutOneOf: [...about] }),
  ...(doubt === undefined ? {} : { inDoubt: doubt }),
})

/**
 * Reports of one number and service, marked where a later statement may be about them or about
 * another: it may withdraw or change what they say. Stated again later, a report is in no doubt.
 *
 * @param unitId  of a number whose reports name no part: the one report
 */
export const withDoubts = (
  firstId: string,
  unitId: string,
  parts: readonly NamedPart[],
  find: Find,
): Entry[] => {
  const units = new Set([...siblingIds(firstId, parts), unitId])
  const asides = [
    ...partAsides(firstId, parts, find),
    ...retractions(closest(parts), find),
    ...[...units].flatMap((unit) => undatedAsides(unit, find)),
  ]
  const entries = [...units].flatMap((unit) => membersIn(unit, find))
  return entries.map((entry) => {
    const about = asides.filter((aside) => aside.entry === entry).flatMap((aside) => aside.about)
    const isUndated = [...units].some((unit) => entry._id === undatedId(unit))
    const mark = isUndated ? undefined : doubtOf(entry, asides)
    return withMarks(entry, mark, [...new Set(about)].toSorted())
  })
}
