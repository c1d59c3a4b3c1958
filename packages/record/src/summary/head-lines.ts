import type { Entry, EntryKind } from '@tideway/schemas/documents/entry'
import {
  type EncounterLine,
  furtherKept,
  linesKept,
  type PatientHead,
  type StatementLine,
  statementsKept,
} from '@tideway/schemas/documents/head'
import { stayRank } from '../entries/encounter/stay.ts'
import { encounterLineOf, openVisitOf } from './encounter-line.ts'
import {
  currentOrders,
  dispenseLineOf,
  isSaidByOrder,
  noKnownLineOf,
  visitDiagnosisLineOf,
} from './further-lines.ts'
import { type HeadList, type LineList, listOf, type WithLines } from './line-list.ts'
import { productOfLine } from './medicines/medicine-line.ts'
import { newestFirst } from './newest-first.ts'
import { reportLineOf } from './report-line.ts'
import { statementLineOf } from './statement-lines.ts'

/**
 * Open encounters rank before planned ones, then stays in a bed before visits: a dozen outpatient
 * visits that nobody closed must not hide the current stay.
 */
const weightOf = (line: EncounterLine): number => (line.status === 'open' ? 3 : 0) + stayRank(line)
const whereNowFirst = (a: EncounterLine, b: EncounterLine): number =>
  weightOf(b) - weightOf(a) || newestLineFirst(a, b)

const newestLineFirst = newestFirst<{ entry: string; sortAt: Date }>(({ entry }) => entry)

const statements = { order: () => newestLineFirst, kept: statementsKept }

/** Visits that are open, and since when. */
const openVisits = ({ encounters }: PatientHead): ReadonlySet<string | undefined> =>
  new Set(
    encounters
      .filter(({ status }) => status === 'open')
      .map(({ entry, began }) => `${entry} ${began?.getTime() ?? ''}`),
  )

const visitDiagnoses: LineList<StatementLine> = {
  field: 'visitDiagnoses',
  lineOf: visitDiagnosisLineOf,
  kept: furtherKept,
  order: (head) => {
    const weight = (line: StatementLine) => Number(openVisitOf(line, head) !== null)
    return (a, b) => weight(b) - weight(a) || newestLineFirst(a, b)
  },
}

const dispensed: LineList<StatementLine> = {
  field: 'dispensed',
  lineOf: dispenseLineOf,
  kept: furtherKept,
  order: (head) => {
    const orders = currentOrders(head)
    const weight = (line: StatementLine) => Number(!isSaidByOrder(line, orders))
    return (a, b) => weight(b) - weight(a) || newestLineFirst(a, b)
  },
  once: (line) =>
    line.order === undefined
      ? line.text.replace(/, (?:being )?dispensed [^,]*$/, '')
      : JSON.stringify([line.order, productOfLine(line)]),
}

const lists = {
  encounter: [
    listOf({
      field: 'encounters',
      lineOf: encounterLineOf,
      order: () => whereNowFirst,
      kept: linesKept,
    }),
  ],
  report: [
    listOf({
      field: 'latestReports',
      lineOf: reportLineOf,
      order: () => newestLineFirst,
      kept: linesKept,
    }),
  ],
  allergy: [
    listOf({ field: 'allergies', lineOf: statementLineOf('allergy'), ...statements }),
    listOf({
      field: 'noKnownAllergies',
      lineOf: noKnownLineOf,
      order: () => newestLineFirst,
      kept: furtherKept,
    }),
  ],
  condition: [
    listOf({ field: 'problems', lineOf: statementLineOf('condition'), ...statements }),
    listOf(visitDiagnoses),
  ],
  prescription: [
    listOf({ field: 'medicines', lineOf: statementLineOf('prescription'), ...statements }),
  ],
  dispense: [listOf(dispensed)],
  alert: [listOf({ field: 'alerts', lineOf: statementLineOf('alert'), ...statements })],
} as const satisfies Partial<Record<EntryKind, readonly HeadList[]>>

/** Kinds of entry that have lines in the head. */
export type LineKind = keyof typeof lists
const lineKinds = Object.keys(lists) as LineKind[]

/** The lists of one kind, one after the other. */
const madeOf = (
  kind: LineKind,
  head: PatientHead,
  touched: readonly Entry[],
  anew: boolean,
): WithLines =>
  lists[kind].reduce<WithLines>(
    (made, list) => {
      const { head: next, uncertain } = list.update(made.head, touched, anew)
      return { head: next, uncertain: made.uncertain || uncertain }
    },
    { head: anew ? withoutCount(head, kind) : head, uncertain: false },
  )

/** The head without what it says of lines of a kind that had no room. */
const withoutCount = (head: PatientHead, kind: LineKind): PatientHead => {
  const { shortened, ...rest } = head
  if (shortened === undefined) return head
  const own = new Set<string>(lists[kind].map(({ field }) => field))
  const left = Object.fromEntries(Object.entries(shortened).filter(([field]) => !own.has(field)))
  return Object.keys(left).length === 0 ? rest : { ...rest, shortened: left }
}

/** Kinds of which lines are missing for want of room. */
const shortenedKinds = ({ shortened }: PatientHead): LineKind[] =>
  shortened === undefined
    ? []
    : lineKinds.filter((kind) => lists[kind].some(({ field }) => shortened[field] !== undefined))

/** The head without the lines of some entries, and the kinds that had any. */
const withoutRemoved = (
  head: PatientHead,
  removed: ReadonlySet<string>,
): { head: PatientHead; shortened: LineKind[] } => {
  if (removed.size === 0) return { head, shortened: [] }
  let next = head
  const shortened = lineKinds.filter((kind) => {
    const before = next
    for (const list of lists[kind] as readonly HeadList[]) next = list.without(next, removed)
    return next !== before
  })
  return { head: next, shortened }
}

/** Lists whose order depends on other lines of the head. */
const dependent = [
  { kind: 'condition', field: 'visitDiagnoses', on: openVisits },
  { kind: 'dispense', field: 'dispensed', on: currentOrders },
] as const

const isOther = (
  before: ReadonlySet<string | undefined>,
  after: ReadonlySet<string | undefined>,
): boolean => before.size !== after.size || [...before].some((one) => !after.has(one))

/**
 * The head with the lines of entries that changed, and the kinds to rebuild from the entries.
 *
 * A full list whose order changed with other lines is among these, and one that is shortened for
 * want of room: lines dropped earlier may belong back.
 *
 * @param removed  `_id` of entries that are no more
 */
export const withLines = (
  head: PatientHead,
  touched: readonly Entry[],
  removed: ReadonlySet<string> = new Set(),
): { head: PatientHead; uncertain: LineKind[] } => {
  const left = withoutRemoved(head, removed)
  const uncertain = new Set([...left.shortened, ...shortenedKinds(head)])
  let next = left.head
  for (const kind of lineKinds) {
    const own = touched.filter((entry) => entry.kind === kind)
    if (own.length === 0) continue
    const made = madeOf(kind, next, own, false)
    next = made.head
    if (made.uncertain) uncertain.add(kind)
  }
  for (const { kind, field, on } of dependent) {
    if (next[field].length === 0 || !isOther(on(head), on(next))) continue
    if (next[field].length >= furtherKept) uncertain.add(kind)
    next = madeOf(kind, next, [], false).head
  }
  return { head: next, uncertain: [...uncertain] }
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
): PatientHead => madeOf(kind, head, entries, true).head
