import type { Entry, Generation, NamedPart, Report } from '@tideway/schemas/documents/entry'
import { entryIdOf } from '@tideway/schemas/public-id'
import { entryWith } from '../entry.ts'
import { undatedId, withFamily } from '../generations/family-change.ts'
import { memberIdOf } from '../generations/member-ids.ts'
import { candidatesOf } from '../generations/reports.ts'
import { reportOfAll, reportOfSome } from '../generations/report-facts.ts'
import { notShownOfAll } from '../not-shown.ts'
import { sentAtOf } from '../version.ts'
import { unitOf } from './order-parts.ts'
import {
  type Find,
  membersIn,
  partToldIn,
  siblingIds,
  type ReportStatement,
  statementsIn,
} from './sibling-entries.ts'

/** Entries of one number and service after statements moved between them. */
export type Regrouped = {
  entries: ReadonlyMap<string, Entry>
  /** Of these, entries that took statements over from others, and are saved before them. */
  first: readonly string[]
  /** Entries whose statements are all in others now. */
  dissolved: readonly string[]
}

/** What some statements of an entry say of a day of collection; null: of none. */
type Piece = { from: Entry; day: string | null; data: Report }

/** Business key in the `_id` of a report. */
export const keyIn = (id: string, patient: string): string =>
  id.slice(entryIdOf(patient, 'report', '').length)

/** What is said of an observation elsewhere goes where it is said itself, once that is settled. */
const isSaidElsewhere = ({ elsewhere }: ReportStatement): boolean => elsewhere === true

/** What an entry says of each report, by the `_id` of that. */
const piecesOf = (
  entry: Entry,
  unitId: string,
  firstId: string,
  parts: readonly NamedPart[],
  isChunked: (unitId: string) => boolean,
): { unit: string; piece: Piece }[] => {
  if (isChunked(unitId)) return []
  const told = partToldIn(entry)
  const unitFor = (one: ReportStatement): string => {
    const { id } = unitOf(firstId, parts, told(one))
    return isChunked(id) ? unitId : id
  }
  const dayOf = (one: ReportStatement): string | null => told(one).day
  const statements = statementsIn(entry.data as Report)
  return [...new Set(statements.map(unitFor))].flatMap((unit) =>
    [...new Set(statements.map(dayOf))].flatMap((day) => {
      const data = reportOfSome(entry.data as Report, (one: ReportStatement) =>
        isSaidElsewhere(one) ? unit === unitId : unitFor(one) === unit && dayOf(one) === day,
      )
      return data === null ? [] : [{ unit, piece: { from: entry, day, data } }]
    }),
  )
}

/** Generations of a report that is made of some pieces. */
const familyFor = (unitId: string, pieces: readonly Piece[]): Generation[] =>
  [...new Set(pieces.flatMap(({ day }) => day ?? []))]
    .toSorted()
    .map((from, index) => ({ id: index === 0 ? unitId : memberIdOf(unitId, from), from }))

/** Pieces by the `_id` of the entry that holds them. */
const placed = (unitId: string, family: readonly Generation[], pieces: readonly Piece[]) => {
  const byId = new Map<string, Piece[]>()
  const put = (id: string, piece: Piece): void => {
    byId.set(id, [...(byId.get(id) ?? []), piece])
  }
  const isUnclear = ({ version }: ReportStatement): boolean =>
    candidatesOf(sentAtOf(version), family).length > 1
  for (const piece of pieces) {
    if (piece.day !== null) {
      put(family.find(({ from }) => from === piece.day)?.id ?? unitId, piece)
      continue
    }
    const aside = reportOfSome(piece.data, isUnclear)
    const stays = reportOfSome(piece.data, (one: ReportStatement) => !isUnclear(one))
    if (aside !== null) put(undatedId(unitId), { ...piece, data: aside })
    if (stays !== null) put(unitId, { ...piece, data: stays })
  }
  return byId
}

const entryOf = (id: string, unitId: string, pieces: readonly Piece[], known?: Entry): Entry[] => {
  const data = reportOfAll(pieces.map((piece) => piece.data))
  const [first] = pieces
  if (data === null || first === undefined) return []
  const { patient } = first.from
  return [
    entryWith(
      id,
      patient,
      known ?? null,
      { ...data, reportId: keyIn(unitId, patient) },
      notShownOfAll(pieces.map(({ from }) => from)),
      pieces.some(({ from }) => from.holds !== undefined),
    ),
  ]
}

/** The entries of a report that is made of some pieces; the first of them lists the others. */
const rebuilt = (unitId: string, pieces: readonly Piece[], find: Find): Entry[] => {
  const family = familyFor(unitId, pieces)
  const entries = [...placed(unitId, family, pieces)].flatMap(([id, some]) =>
    entryOf(id, unitId, some, find(id)),
  )
  return entries.map((entry) =>
    entry._id === unitId ? withFamily(entry, family, entry.dissolved ?? []) : entry,
  )
}

/**
 * Statements of one number and service, each in the report that it is about by all that is known
 * now: what could be about one specimen alone may be about two once another was named.
 */
export const regroup = (firstId: string, parts: readonly NamedPart[], find: Find): Regrouped => {
  // What is in chunks stays with its report, and nothing is added to it.
  const isChunked = (unitId: string): boolean =>
    membersIn(unitId, find).some(({ chunks }) => chunks !== undefined)
  const pieces = siblingIds(firstId, parts).flatMap((unitId) =>
    membersIn(unitId, find).flatMap((entry) =>
      piecesOf(entry, unitId, firstId, parts, isChunked).map((one) => ({ ...one, was: unitId })),
    ),
  )
  const moved = pieces.filter(({ unit, was }) => unit !== was)
  const changed = new Set(moved.flatMap(({ unit, was }) => [unit, was]))
  const entries = new Map(
    [...changed]
      .flatMap((unitId) =>
        rebuilt(
          unitId,
          pieces.filter(({ unit }) => unit === unitId).map(({ piece }) => piece),
          find,
        ),
      )
      .map((entry) => [entry._id, entry]),
  )
  return {
    entries,
    first: [
      ...new Set(
        moved.flatMap(({ unit }) => [...entries.keys()].filter((id) => unitIdIn(id) === unit)),
      ),
    ],
    dissolved: possibleIds(firstId, parts).filter(
      (id) => !entries.has(id) && (find(id) === undefined || changed.has(unitIdIn(id))),
    ),
  }
}

/**
 * `_id` of every entry that reports of these parts may have been in. One that is gone may still
 * have its line in the head, after a crash.
 */
const possibleIds = (firstId: string, parts: readonly NamedPart[]): string[] => {
  const days = [...new Set(parts.flatMap((part) => part.days ?? []))]
  return siblingIds(firstId, parts).flatMap((id) => [
    id,
    undatedId(id),
    ...days.map((day) => memberIdOf(id, day)),
  ])
}

/** `_id` of the first generation of the report that an entry is of. */
const unitIdIn = (id: string): string => id.replace(/ @(\d{4}-\d\d-\d\d|undated)$/, '')
