import {
  linesKept,
  type PatientHead,
  type ReportLine,
  type StatementLine,
  statementsKept,
} from '@tideway/schemas/documents/head'
import type { EntryKind } from '@tideway/schemas/documents/entry'
import { newestFirst } from './newest-first.ts'

export type SummaryLine<L> = { head: PatientHead; line: L }

/**
 * One section of the summary. `cut`: a source patient has as many lines as are kept, so there may
 * be more entries of this `kind` than lines.
 */
export type SummarySection<L> = { kind: EntryKind; lines: SummaryLine<L>[]; cut: boolean }

export type PersonSummary = {
  allergies: SummarySection<StatementLine>
  problems: SummarySection<StatementLine>
  medicines: SummarySection<StatementLine>
  alerts: SummarySection<StatementLine>
  reports: SummarySection<ReportLine>
}

const sectionOf = <L extends { entry: string; sortAt: Date }>(
  heads: readonly PatientHead[],
  kind: EntryKind,
  kept: number,
  linesOf: (head: PatientHead) => readonly L[],
): SummarySection<L> => {
  const order = newestFirst<L>(({ entry }) => entry)
  return {
    kind,
    lines: heads
      .flatMap((head) => linesOf(head).map((line) => ({ head, line })))
      .toSorted((a, b) => order(a.line, b.line)),
    cut: heads.some((head) => linesOf(head).length >= kept),
  }
}

/**
 * The lines a clinician needs first, of all source patients of a person, newest first. Nothing is
 * merged: the same allergy from two organisations is two lines.
 */
export const personSummary = (heads: readonly PatientHead[]): PersonSummary => ({
  allergies: sectionOf(heads, 'allergy', statementsKept, ({ allergies }) => allergies),
  problems: sectionOf(heads, 'condition', statementsKept, ({ problems }) => problems),
  medicines: sectionOf(heads, 'prescription', statementsKept, ({ medicines }) => medicines),
  alerts: sectionOf(heads, 'alert', statementsKept, ({ alerts }) => alerts),
  reports: sectionOf(heads, 'report', linesKept, ({ latestReports }) => latestReports),
})
