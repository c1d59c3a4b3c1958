import { personSummary, type SummarySection } from '@tideway/record/summary/person-summary'
import { openVisitOf } from '@tideway/record/summary/encounter-line'
import type {
  PatientHead,
  ReportLine as StoredReportLine,
  StatementLine as StoredStatementLine,
} from '@tideway/schemas/documents/head'
import { publicId } from '@tideway/schemas/public-id'
import type { Presented } from './schema/answer.ts'
import type { Names } from './patient.ts'
import type { Summary } from './schema/summary.ts'

const lastReceived = ({ freshness }: PatientHead): string | null => {
  const times = Object.values(freshness).map(({ receivedAt }) => receivedAt.getTime())
  return times.length === 0 ? null : new Date(Math.max(...times)).toISOString()
}

type Line = { entry: string; at: string | null; inFuture?: true; statusAsSent?: string }

const sharedOf = (head: PatientHead, line: Line, names: Names) => ({
  entry: publicId(line.entry),
  organisation: head.organisation,
  organisationName: names.get(head.organisation) ?? null,
  patient: head.id,
  lastReceivedAt: lastReceived(head),
  behind: head.incomplete !== null,
  at: line.at,
  inFuture: line.inFuture ?? null,
  statusAsSent: line.statusAsSent ?? null,
})

const sectionOf = <L extends Line, Own>(
  { kind, lines, cut }: SummarySection<L>,
  names: Names,
  own: (line: L, head: PatientHead) => Own,
) => ({
  lines: lines.map(({ head, line }) => ({ ...sharedOf(head, line, names), ...own(line, head) })),
  cut,
  more: cut ? `kind=${kind}` : null,
})

const statementLine = ({ text: said, status }: StoredStatementLine) => ({ text: said, status })

const allergyLine = (contradicted: ReadonlySet<string>) => (line: StoredStatementLine) => {
  const isContradicted = contradicted.has(line.entry)
  const words = isContradicted && line.noKnown !== undefined ? contradictedWords : ''
  return {
    text: `${line.text}${words}`,
    status: line.status,
    noKnown: line.noKnown ?? null,
    contradicted: isContradicted ? (true as const) : null,
  }
}
const contradictedWords = ' (contradicted: allergies are recorded)'

/** A diagnosis of a visit is among the problems while that goes on. */
const problemLine = (line: StoredStatementLine, head: PatientHead) => {
  const visit = line.encounterId === undefined ? null : openVisitOf(line, head)
  return { ...statementLine(line), encounter: visit === null ? null : publicId(visit.entry) }
}

const medicineLine = (line: StoredStatementLine, head: PatientHead) => ({
  ...statementLine(line),
  dispensed: head.dispensed.some(({ entry }) => entry === line.entry) ? (true as const) : null,
  doNotPerform: line.doNotPerform ?? null,
})

const reportLine = ({
  name,
  status,
  abnormal,
  moreCritical,
  moreAbnormal,
  measured,
  notCurrent,
  retracted,
  inDoubt,
}: StoredReportLine) => ({
  name,
  status,
  measured: measured ?? null,
  abnormal: abnormal.map((one) => ({
    ...one,
    computed: one.computed ?? false,
    bodySite: one.bodySite ?? null,
  })),
  moreCritical: moreCritical ?? null,
  moreAbnormal: moreAbnormal ?? null,
  notCurrent: notCurrent ?? null,
  retracted: retracted ?? null,
  inDoubt: inDoubt ?? null,
})

/** The lines of a person's summary as an answer. */
export const summaryOf = (
  heads: readonly PatientHead[],
  names: Names,
  now: Date,
): Presented<Omit<Summary, 'notShown'>> => {
  const { allergies, problems, medicines, alerts, reports } = personSummary(heads, now)
  const { contradicted } = allergies
  return {
    allergies: {
      ...sectionOf(allergies, names, allergyLine(contradicted)),
      contradiction: contradicted.size > 0,
    },
    problems: sectionOf(problems, names, problemLine),
    medicines: sectionOf(medicines, names, medicineLine),
    alerts: sectionOf(alerts, names, statementLine),
    reports: sectionOf(reports, names, reportLine),
  }
}
