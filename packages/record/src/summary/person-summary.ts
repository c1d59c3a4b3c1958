import {
  furtherKept,
  linesKept,
  type PatientHead,
  type ReportLine,
  type StatementLine,
  statementsKept,
} from '@tideway/schemas/documents/head'
import type { EntryKind } from '@tideway/schemas/documents/entry'
import { allergyLines } from './allergy-lines.ts'
import { openVisitOf } from './encounter-line.ts'
import { currentOrders, isSaidByOrder } from './further-lines.ts'
import { newestFirst } from './newest-first.ts'

export type SummaryLine<L> = { head: PatientHead; line: L }

/**
 * One section of the summary. `cut`: a source patient has as many lines as are kept, or some had no
 * room in its head, so there may be more entries of this `kind` than lines.
 */
export type SummarySection<L> = { kind: EntryKind; lines: SummaryLine<L>[]; cut: boolean }

export type PersonSummary = {
  /** Allergies first, then the statements that none are known. */
  allergies: SummarySection<StatementLine> & { contradicted: ReadonlySet<string> }
  /** Problems, and diagnoses of the visits that go on. */
  problems: SummarySection<StatementLine>
  /** Prescriptions, and what was dispensed of late without one that still stands. */
  medicines: SummarySection<StatementLine>
  alerts: SummarySection<StatementLine>
  reports: SummarySection<ReportLine>
}

type AnyLine = { entry: string; sortAt: Date }

const inOrder = <L extends AnyLine>(lines: readonly SummaryLine<L>[]): SummaryLine<L>[] => {
  const order = newestFirst<L>(({ entry }) => entry)
  return lines.toSorted((a, b) => order(a.line, b.line))
}

const linesIn = <L>(
  heads: readonly PatientHead[],
  linesOf: (head: PatientHead) => readonly L[],
): SummaryLine<L>[] => heads.flatMap((head) => linesOf(head).map((line) => ({ head, line })))

const sectionOf = <F extends ListField>(
  heads: readonly PatientHead[],
  kind: EntryKind,
  kept: number,
  field: F,
): SummarySection<PatientHead[F][number]> => ({
  kind,
  lines: inOrder(linesIn<PatientHead[F][number]>(heads, (head) => head[field])),
  cut: heads.some(isCut(field, kept)),
})

type ListField =
  | 'allergies'
  | 'problems'
  | 'medicines'
  | 'alerts'
  | 'latestReports'
  | 'visitDiagnoses'
  | 'dispensed'

const isCut =
  (field: ListField, kept: number) =>
  ({ shortened, ...head }: PatientHead): boolean =>
    head[field].length >= kept || shortened?.[field] !== undefined

const dayMs = 86_400_000
/** A medicine dispensed longer ago is not among those taken now. */
const dispensedWithinMs = 90 * dayMs

const recentlyDispensed =
  (now: Date) =>
  (head: PatientHead): StatementLine[] => {
    const orders = currentOrders(head)
    return head.dispensed.filter(
      (line) =>
        now.getTime() - line.sortAt.getTime() <= dispensedWithinMs && !isSaidByOrder(line, orders),
    )
  }

const ofOpenVisits = (head: PatientHead): StatementLine[] =>
  head.visitDiagnoses.filter((line) => openVisitOf(line, head) !== null)

/** A section with further lines among its own. */
const withFurther = (
  section: SummarySection<StatementLine>,
  heads: readonly PatientHead[],
  field: 'visitDiagnoses' | 'dispensed',
  linesOf: (head: PatientHead) => readonly StatementLine[],
): SummarySection<StatementLine> => ({
  ...section,
  lines: inOrder([...section.lines, ...linesIn(heads, linesOf)]),
  cut:
    section.cut ||
    heads.some(
      (head) => linesOf(head).length >= furtherKept || head.shortened?.[field] !== undefined,
    ),
})

const allergySection = (heads: readonly PatientHead[]): PersonSummary['allergies'] => {
  const { allergies, noKnown, contradicted } = allergyLines(heads)
  const { kind, cut } = sectionOf(heads, 'allergy', statementsKept, 'allergies')
  return { kind, lines: [...inOrder(allergies), ...inOrder(noKnown)], cut, contradicted }
}

/**
 * The lines a clinician needs first, of all source patients of a person, newest first. Nothing is
 * merged: the same allergy from two organisations is two lines.
 *
 * @param now  to tell what was dispensed of late
 */
export const personSummary = (heads: readonly PatientHead[], now: Date): PersonSummary => ({
  allergies: allergySection(heads),
  problems: withFurther(
    sectionOf(heads, 'condition', statementsKept, 'problems'),
    heads,
    'visitDiagnoses',
    ofOpenVisits,
  ),
  medicines: withFurther(
    sectionOf(heads, 'prescription', statementsKept, 'medicines'),
    heads,
    'dispensed',
    recentlyDispensed(now),
  ),
  alerts: sectionOf(heads, 'alert', statementsKept, 'alerts'),
  reports: sectionOf(heads, 'report', linesKept, 'latestReports'),
})
