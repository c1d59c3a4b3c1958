import type { Entry, EntryKind, Report, ReportObservation } from '@tideway/schemas/documents/entry'
import {
  type EncounterLine,
  linesKept,
  type PatientHead,
  type ReportLine,
  statementsKept,
} from '@tideway/schemas/documents/head'
import { abnormalOf, flagRank, isSevere } from '../alerts/abnormal-flag.ts'
import { stayRank } from '../entries/encounter/stay.ts'
import { clinicalTimeOf } from '../entries/entry.ts'
import { firstSaying } from '../entries/facts.ts'
import { newestFirst } from './newest-first.ts'
import { statementLineOf } from './statement-lines.ts'

/** Abnormal values of a line, as many as a head has room for; counts say how many are left. */
const abnormalKept = 2
const longestText = 30

const cut = (text: string | null): string | null =>
  text === null || text.length <= longestText ? text : `${text.slice(0, longestText - 1)}…`

const abnormalIn = ({ code, reported, valueFrom }: ReportObservation): ReportLine['abnormal'] => {
  const shown = valueFrom === null ? undefined : reported[valueFrom]
  const abnormal = shown === undefined ? null : abnormalOf(shown)
  if (shown === undefined || abnormal === null) return []
  const value = shown.value ?? shown.coded?.text ?? null
  return [
    {
      name: cut(code.text ?? code.code),
      value: cut(value),
      unit: cut(shown.unit?.code ?? shown.unit?.text ?? null),
      flag: abnormal.flag,
      ...(abnormal.computed ? { computed: true } : {}),
    },
  ]
}

type Values = Pick<ReportLine, 'abnormal' | 'moreCritical' | 'moreAbnormal'>

/** The first abnormal values, critical ones before the others, and how many are left of each. */
const firstAbnormal = (abnormal: ReportLine['abnormal']): Values => {
  const ordered = abnormal.toSorted((a, b) => flagRank(a) - flagRank(b))
  const left = ordered.slice(abnormalKept)
  const moreCritical = left.filter(isSevere).length
  const moreAbnormal = left.length - moreCritical
  return {
    abnormal: ordered.slice(0, abnormalKept),
    ...(moreCritical > 0 ? { moreCritical } : {}),
    ...(moreAbnormal > 0 ? { moreAbnormal } : {}),
  }
}

const reportLine = (entry: Entry, data: Report): ReportLine => {
  const service = firstSaying(data.header, 'service')?.fields.service ?? null
  // No value of a cancelled report is shown; those of a withdrawn one have no `valueFrom`.
  const abnormal = data.status === 'cancelled' ? [] : data.observations.flatMap(abnormalIn)
  return {
    entry: entry._id,
    sortAt: entry.sortAt,
    name: cut(service?.text ?? service?.code ?? null),
    at: clinicalTimeOf(data),
    status: data.status,
    ...firstAbnormal(abnormal),
  }
}

const encounterLineOf = ({ _id, sortAt, data }: Entry): EncounterLine | null => {
  if (data.kind !== 'encounter' || (data.status !== 'open' && data.status !== 'planned'))
    return null
  const { encounterId, status, patientClass, location, locationSince: since, leave } = data
  return {
    entry: _id,
    sortAt,
    encounterId,
    status,
    patientClass,
    location,
    since,
    ...(leave === null ? {} : { leave }),
  }
}

const reportLineOf = (entry: Entry): ReportLine | null =>
  entry.data.kind === 'report' ? reportLine(entry, entry.data) : null

type Line = { entry: string; sortAt: Date }
type Order<L> = (a: L, b: L) => number

const newestLineFirst: Order<Line> = newestFirst(({ entry }) => entry)

/**
 * Open encounters rank before planned ones, then stays in a bed before visits: a dozen outpatient
 * visits that nobody closed must not hide the current stay.
 */
const weightOf = (line: EncounterLine): number => (line.status === 'open' ? 3 : 0) + stayRank(line)
const whereNowFirst: Order<EncounterLine> = (a, b) =>
  weightOf(b) - weightOf(a) || newestLineFirst(a, b)

/**
 * The first lines after some entries changed.
 *
 * `uncertain`: a line that was kept left or moved down, so lines dropped earlier may belong back;
 * only the entries themselves can tell.
 */
const firstLines = <L extends Line>(
  before: readonly L[],
  touched: readonly Entry[],
  lineOf: (entry: Entry) => L | null,
  order: Order<L>,
  kept: number,
): { lines: L[]; uncertain: boolean } => {
  const ids = new Set(touched.map(({ _id }) => _id))
  const lines = [
    ...before.filter(({ entry }) => !ids.has(entry)),
    ...touched.map(lineOf).filter((line) => line !== null),
  ]
    .toSorted(order)
    .slice(0, kept)
  const [lastBefore, last] = [before.at(kept - 1), lines.at(kept - 1)]
  return {
    lines,
    uncertain: lastBefore !== undefined && (last === undefined || order(last, lastBefore) > 0),
  }
}

type LineField = 'encounters' | 'latestReports' | 'allergies' | 'problems' | 'medicines' | 'alerts'
type WithLines = { head: PatientHead; uncertain: boolean }

/** Lines of one kind, updated from those of the head, or rebuilt if `anew`. */
const listOf =
  <L extends Line>(
    field: LineField,
    lineOf: (entry: Entry) => L | null,
    order: Order<L>,
    kept: number,
  ) =>
  (head: PatientHead, touched: readonly Entry[], anew: boolean): WithLines => {
    const { lines, uncertain } = firstLines(
      anew ? [] : (head[field] as unknown as readonly L[]),
      touched,
      lineOf,
      order,
      kept,
    )
    return { head: { ...head, [field]: lines }, uncertain }
  }

const fields = {
  encounter: 'encounters',
  report: 'latestReports',
  allergy: 'allergies',
  condition: 'problems',
  prescription: 'medicines',
  alert: 'alerts',
} as const satisfies Record<string, LineField>

const lists = {
  encounter: listOf(fields.encounter, encounterLineOf, whereNowFirst, linesKept),
  report: listOf(fields.report, reportLineOf, newestLineFirst, linesKept),
  allergy: listOf(fields.allergy, statementLineOf('allergy'), newestLineFirst, statementsKept),
  condition: listOf(
    fields.condition,
    statementLineOf('condition'),
    newestLineFirst,
    statementsKept,
  ),
  prescription: listOf(
    fields.prescription,
    statementLineOf('prescription'),
    newestLineFirst,
    statementsKept,
  ),
  alert: listOf(fields.alert, statementLineOf('alert'), newestLineFirst, statementsKept),
} as const satisfies Partial<Record<EntryKind, unknown>>

/** Kinds of entry that have lines in the head. */
export type LineKind = keyof typeof lists
const lineKinds = Object.keys(lists) as LineKind[]

/**
 * The head with the lines of entries that changed, and the kinds to rebuild from the entries.
 *
 * @param removed  `_id` of entries that are no more
 */
export const withLines = (
  head: PatientHead,
  touched: readonly Entry[],
  removed: ReadonlySet<string> = new Set(),
): { head: PatientHead; uncertain: LineKind[] } => {
  const uncertain: LineKind[] = []
  let next = head
  if (removed.size > 0)
    for (const kind of lineKinds) {
      const lines = next[fields[kind]] as unknown as readonly Line[]
      const left = lines.filter(({ entry }) => !removed.has(entry))
      if (left.length === lines.length) continue
      next = { ...next, [fields[kind]]: left }
      uncertain.push(kind)
    }
  for (const kind of lineKinds) {
    const own = touched.filter((entry) => entry.kind === kind)
    if (own.length === 0) continue
    const made = lists[kind](next, own, false)
    next = made.head
    if (made.uncertain && !uncertain.includes(kind)) uncertain.push(kind)
  }
  return { head: next, uncertain }
}

/**
 * The head with the lines of one kind rebuilt.
 *
 * @param entries  every entry of the kind that can have a line, or as many of the newest as are
 *   ever considered
 */
export const withLinesAnew = (
  head: PatientHead,
  kind: LineKind,
  entries: readonly Entry[],
): PatientHead => lists[kind](head, entries, true).head
