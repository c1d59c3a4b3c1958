import type { Encounter, Entry, Generation } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { instantOf } from '@tideway/time/iso-time'
import type { EncounterEvent } from '../encounter/encounter-event.ts'
import { evolveStays, isOneStay, positionOf } from '../encounter/stays.ts'
import { entryIdIn, entryWith, evolveEntry } from '../entry.ts'
import { statementKindOf } from '../statement.ts'
import { ownerOf, statedBy } from '../statement-version.ts'
import { sentAtOf } from '../version.ts'
import { type FamilyChange, familyChange } from './family-change.ts'
import { familyOf, generationId } from './member-ids.ts'
import { evolveReports, reportMembers } from './reports.ts'
import { isUseKind, type UseKind } from './use-kinds.ts'
import { evolveUses, type Generations } from './statements.ts'

type Find = (id: string) => Entry | undefined

/** Generations of a number that are folded together; of one with more, those next to the event. */
const foldedTogether = 12
const neighbours = 2

/** A logical id names one resource for ever; what is keyed by it is never used again. */
const isOfLogicalId = (entryId: string): boolean =>
  /\|([A-Z0-9]{2,10}:)?~[A-Z][A-Za-z]+\//.test(entryId)

/** A standalone observation is one with its place in the reports that hold it, by its name. */
const isStandalone = ({ body }: PatientEvent): boolean =>
  body.type === 'ResultReported' &&
  body.observations.some(({ ownReportId }) => ownReportId === body.reportId)

const useKindOf = ({ body }: PatientEvent): UseKind | null => {
  const kind = body.type === 'DocumentReported' ? 'document' : statementKindOf(body)
  return kind !== null && isUseKind(kind) ? kind : null
}

const isVisit = (body: PatientEvent['body']): body is EncounterEvent => 'visit' in body

const timeOf = (event: PatientEvent): number => {
  const stated = statedBy(event)
  return isVisit(event.body) ? positionOf(event.body, stated) : sentAtOf(stated.version)
}

/** The generations that an event may be about or change: from one, to before another. */
const rangeOf = (family: readonly Generation[], event: PatientEvent): [number, number] => {
  if (family.length <= foldedTogether) return [0, family.length]
  const time = timeOf(event)
  const at = family.findLastIndex(({ from }) => (instantOf(from) ?? 0) <= time)
  return [Math.max(0, at - neighbours), Math.min(family.length, at + neighbours + 1)]
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

const evolved = (
  kind: UseKind | 'encounter',
  before: readonly Entry[],
  event: PatientEvent,
): Generations | null => {
  const stated = statedBy(event)
  const data = before.map((entry) => entry.data)
  return kind === 'encounter'
    ? evolveStays(
        data as Encounter[],
        event.body as EncounterEvent,
        stated,
        ownerOf(event.patientKey),
      )
    : evolveUses(kind, data, event, stated)
}

/** The generations after an event, each with its id. */
const placed = (
  firstId: string,
  { generations }: Generations,
  before: readonly Generation[],
  after: readonly Generation[],
): Generation[] => {
  const family = [...before]
  for (const { from } of generations)
    family.push({
      id: family.length === 0 ? firstId : generationId(firstId, from, [...family, ...after]),
      from,
    })
  return family
}

/** Fold of the generations in a range, those with entries that the register does not list too. */
const foldRange = (
  kind: UseKind | 'encounter',
  event: PatientEvent,
  first: Entry,
  find: Find,
): FamilyChange | null => {
  const known = familyOf(first)
  const [from, until] = rangeOf(known, event)
  const before = known.slice(from, until).flatMap(({ id }) => find(id) ?? [])
  let made = evolved(kind, before, event)
  if (made === null) return null
  const [earlier, later] = [known.slice(0, from), known.slice(until)]
  const ids = new Set(known.map(({ id }) => id))
  const unlisted = placed(first._id, made, earlier, later).flatMap(({ id }) =>
    ids.has(id) ? [] : (find(id) ?? []),
  )
  if (unlisted.length > 0) made = evolved(kind, [...before, ...unlisted], event) ?? made
  const family = placed(first._id, made, earlier, later)
  const entries = made.generations.map(({ data }, index) => {
    const { id } = family[earlier.length + index] as Generation
    return entryWith(id, event.patientKey, find(id) ?? null, data)
  })
  const own = entries[made.of]?._id ?? first._id
  return familyChange(entries, own, first, [...family, ...later], event.messageId, find)
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
  if (id === null || first === undefined || isOfLogicalId(id) || isStandalone(event)) return null
  const change = changeOf(event, first, find)
  const { family, dissolved } = first
  if (change !== null || (family === undefined && dissolved === undefined)) return change
  const entry = evolveEntry(first, event)
  return entry === null
    ? null
    : familyChange([entry], id, first, familyOf(first), event.messageId, find)
}
