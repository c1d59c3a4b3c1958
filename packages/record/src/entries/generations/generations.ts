import type { Encounter, Entry } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { isOneStay } from '../encounter/stays.ts'
import { entryIdIn, evolveEntry } from '../entry.ts'
import { isStandalone } from '../report-versions.ts'
import { statementKindOf } from '../statement.ts'
import { type FamilyChange, familyChange } from './family-change.ts'
import { foldRange, isVisit, rangeOf } from './fold-range.ts'
import { isOfLogicalId } from './is-of-logical-id.ts'
import { familyOf } from './member-ids.ts'
import { evolveReports, reportMembers } from './reports.ts'
import { isUseKind, type UseKind } from './use-kinds.ts'

type Find = (id: string) => Entry | undefined

/** A standalone observation is one with its place in the reports that hold it, by its name. */
const isOfStandalone = ({ body }: PatientEvent): boolean =>
  body.type === 'ResultReported' && isStandalone(body)

const useKindOf = ({ body }: PatientEvent): UseKind | null => {
  const kind = body.type === 'DocumentReported' ? 'document' : statementKindOf(body)
  return kind !== null && isUseKind(kind) ? kind : null
}

/**
 * `_id` of each entry that an event may be about or change because its number was used again.
 *
 * @param first  the entry of the number
 */
export const memberIdsFor = (event: PatientEvent, first: Entry): string[] => {
  if (first.family === undefined) return []
  if (event.body.type === 'ResultReported') return reportMembers(event.body, first)
  const [from, until] = rangeOf(first.family, event)
  return first.family.slice(from, until).map(({ id }) => id)
}

const changeOf = (event: PatientEvent, first: Entry, find: Find): FamilyChange | null => {
  const { body } = event
  if (body.type === 'ResultReported') return evolveReports(event, body, first, find)
  if (isVisit(body))
    return first.family === undefined && isOneStay(first.data as Encounter, body)
      ? null
      : foldRange('encounter', event, first, find)
  const kind = useKindOf(event)
  return kind === null ? null : foldRange(kind, event, first, find)
}

/**
 * What an event makes of the entries of its number, where that was used again.
 *
 * @param find  an entry by `_id`; the first of the number, and those of `memberIdsFor`
 * @returns null if the event is about the first entry alone, and changes no other
 */
export const evolveGenerations = (event: PatientEvent, find: Find): FamilyChange | null => {
  const id = entryIdIn(event)
  const first = id === null ? undefined : find(id)
  if (id === null || first === undefined || isOfLogicalId(id) || isOfStandalone(event)) return null
  const change = changeOf(event, first, find)
  const { family, dissolved } = first
  if (change !== null || (family === undefined && dissolved === undefined)) return change
  const entry = evolveEntry(first, event)
  return entry === null
    ? null
    : familyChange([entry], id, first, familyOf(first), event.messageId, find)
}
