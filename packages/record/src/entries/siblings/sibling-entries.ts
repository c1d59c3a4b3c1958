import type { Entry, NamedPart, Origin, Report } from '@tideway/schemas/documents/entry'
import { type PartOfOrder, partNamesOf, partTagOf } from '../../keys/report-part.ts'
import { undatedId } from '../generations/family-change.ts'
import { familyOf } from '../generations/member-ids.ts'
import { collectionDay, takenAt } from '../generations/reports.ts'
import { isSaidHere } from '../kept-statements.ts'
import { versionsOf } from '../report-versions.ts'
import { asideId, ownId, type PartTold } from './order-parts.ts'

export type Find = (id: string) => Entry | undefined

/** A statement of a report as it is kept. */
export type ReportStatement = Origin & {
  undated?: true
  part?: string
  status?: string | null
  elsewhere?: true
}

/** `_id` of what may be about several parts of a number and service, whether there is any. */
export const asideIds = (firstId: string, parts: readonly NamedPart[]): string[] => [
  ...new Set([null, ...parts.map(({ tag }) => tag)].map((tag) => asideId(firstId, tag))),
]

/**
 * `_id` of the first generation of each report of a number and service, those included that have
 * become part of others: one may be left after a crash.
 */
export const siblingIds = (firstId: string, parts: readonly NamedPart[]): string[] => [
  ...new Set([
    firstId,
    ...parts.map(({ tag }) => ownId(firstId, tag)),
    ...asideIds(firstId, parts),
  ]),
]

/** Generations of one that are looked at together. */
export const generationsRead = 12

/** `_id` of the newest generations of a report, and of what names no day. */
export const memberIds = (entry: Entry): string[] =>
  entry.family === undefined
    ? [entry._id]
    : [
        ...new Set([
          entry._id,
          undatedId(entry._id),
          ...familyOf(entry)
            .slice(-generationsRead)
            .map(({ id }) => id),
        ]),
      ]

/** The entries of a report: its generations, and what names no day. */
export const membersIn = (unitId: string, find: Find): Entry[] => {
  const first = find(unitId)
  return first === undefined ? [] : memberIds(first).flatMap((id) => find(id) ?? [])
}

/** Everything that was said in a report. */
export const statementsIn = (report: Report): ReportStatement[] => [
  ...report.header,
  ...versionsOf(report),
  ...report.observations.flatMap(({ reported }) => reported.filter(isSaidHere)),
]

/**
 * What a report of an earlier release names: its statements do not say which of them named it. Null
 * if every statement says so itself.
 */
const tagOfBefore = ({ header }: Report): string | null => {
  const bare = header.filter(({ part }) => part === undefined)
  const said = (field: keyof PartOfOrder): Partial<PartOfOrder> =>
    (bare.find(({ fields }) => Object.hasOwn(fields, field))?.fields ?? {}) as Partial<PartOfOrder>
  const { specimens = [] } = said('specimens')
  const { parentResult = null } = said('parentResult')
  const { parentSubId = null } = said('parentSubId')
  return partTagOf(partNamesOf({ specimens, parentResult, parentSubId }))
}

const dayIn = ({ data }: Entry): string | null => collectionDay(takenAt(data as Report))

/** What a statement of an entry says of which report of its number and service it is about. */
export const partToldIn = (
  entry: Entry,
): ((told: Pick<ReportStatement, 'part' | 'version' | 'undated'>) => PartTold) => {
  const [before, onDay] = [tagOfBefore(entry.data as Report), dayIn(entry)]
  return ({ part, version, undated }) => ({
    tag: part ?? before,
    version,
    day: undated === true ? null : onDay,
  })
}

/** The parts that reports of a number and service named. @param first  entry of these */
export const partsOf = (first: Entry | undefined): readonly NamedPart[] => {
  if (first === undefined || first.parts !== undefined) return first?.parts ?? []
  const tag = tagOfBefore(first.data as Report)
  const day = dayIn(first)
  return tag === null
    ? []
    : [
        {
          tag,
          since: first.origins[0]?.version ?? '',
          id: first._id,
          days: day === null ? [] : [day],
        },
      ]
}
