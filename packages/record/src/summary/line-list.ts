import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'

type Line = { entry: string; sortAt: Date }
type Order<L> = (a: L, b: L) => number

type LineField =
  | 'encounters'
  | 'latestReports'
  | 'allergies'
  | 'noKnownAllergies'
  | 'problems'
  | 'visitDiagnoses'
  | 'medicines'
  | 'dispensed'
  | 'alerts'

/** A list of lines that a head keeps. */
export type LineList<L extends Line> = {
  field: LineField
  /** Null for an entry that has no line here. */
  lineOf: (entry: Entry) => L | null
  /** The first so many are kept. */
  order: (head: PatientHead) => Order<L>
  kept: number
  /** Of lines with the same text only the first has a place; absent: every line has. */
  once?: (line: L) => string
}

/**
 * `uncertain`: a line that was kept left or moved down, so lines dropped earlier may belong back;
 * only the entries themselves can tell.
 */
export type WithLines = { head: PatientHead; uncertain: boolean }

const firstOfEach = <L extends Line>(lines: readonly L[], once: LineList<L>['once']): L[] => {
  if (once === undefined) return [...lines]
  const seen = new Set<string>()
  return lines.filter((line) => {
    const key = once(line)
    return !seen.has(key) && seen.add(key)
  })
}

/** Whether one of the lines that stood for others left or became older. */
const leavesRoom = <L extends Line>(before: readonly L[], lines: readonly L[]): boolean => {
  const now = new Map(lines.map((line) => [line.entry, line.sortAt.getTime()]))
  return before.some(({ entry, sortAt }) => {
    const time = now.get(entry)
    return time === undefined || time < sortAt.getTime()
  })
}

/** The first lines after some entries changed. */
const firstLines = <L extends Line>(
  before: readonly L[],
  touched: readonly Entry[],
  { lineOf, kept, once }: LineList<L>,
  order: Order<L>,
): { lines: L[]; uncertain: boolean } => {
  const ids = new Set(touched.map(({ _id }) => _id))
  const sorted = [
    ...before.filter(({ entry }) => !ids.has(entry)),
    ...touched.map(lineOf).filter((line) => line !== null),
  ].toSorted(order)
  const lines = firstOfEach(sorted, once).slice(0, kept)
  const [lastBefore, last] = [before.at(kept - 1), lines.at(kept - 1)]
  const touchedBefore = before.filter(({ entry }) => ids.has(entry))
  return {
    lines,
    uncertain:
      (lastBefore !== undefined && (last === undefined || order(last, lastBefore) > 0)) ||
      (once !== undefined && leavesRoom(touchedBefore, sorted)),
  }
}

/** A list in the head: how its lines are updated, or rebuilt if `anew`, and removed. */
export type HeadList = {
  field: LineField
  update: (head: PatientHead, touched: readonly Entry[], anew: boolean) => WithLines
  /** The same head if it has no line of these entries. @param removed  `_id` of each */
  without: (head: PatientHead, removed: ReadonlySet<string>) => PatientHead
}

export const listOf = <L extends Line>(list: LineList<L>): HeadList => {
  const linesIn = (head: PatientHead): readonly L[] =>
    (head[list.field] ?? []) as unknown as readonly L[]
  return {
    field: list.field,
    update: (head, touched, anew) => {
      const before = anew ? [] : linesIn(head)
      const { lines, uncertain } = firstLines(before, touched, list, list.order(head))
      return { head: { ...head, [list.field]: lines }, uncertain }
    },
    without: (head, removed) => {
      const lines = linesIn(head)
      const left = lines.filter(({ entry }) => !removed.has(entry))
      return left.length === lines.length ? head : { ...head, [list.field]: left }
    },
  }
}
