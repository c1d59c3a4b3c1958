import { personSummary, type SummarySection } from '@tideway/record/summary/person-summary'
import type {
  PatientHead,
  ReportLine as StoredReportLine,
  StatementLine as StoredStatementLine,
} from '@tideway/schemas/documents/head'
import { entryIdOf, publicId } from '@tideway/schemas/public-id'
import { type Static, type TProperties, type TSchema, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import type { Names } from './patient.ts'
import {
  AllergyLine,
  MedicineLine,
  ProblemLine,
  ReportLine,
  StatementLine,
} from './schema/summary-lines.ts'
import { list, object, optionalText } from './schema/values.ts'

const linesOf = <T extends TSchema, P extends TProperties = Record<never, never>>(
  name: string,
  what: string,
  line: T,
  more: P = {} as P,
) =>
  object(name, what, {
    lines: list(line, 'Newest first.'),
    cut: Type.Boolean({
      description:
        'True if there may be more: a source patient has as many lines as a summary keeps.',
    }),
    more: optionalText(
      'Query of GET /api/patients/{id}/entries for all of them, e.g. kind=allergy; absent if none were cut.',
    ),
    ...more,
  })

export const Summary = object(
  'Summary',
  'What a clinician needs first. An empty list does not mean that there are none: `complete` and `sources` say what has been received.',
  {
    allergies: linesOf(
      'AllergyLines',
      'Current allergies, then the statements that none are known.',
      AllergyLine,
      {
        contradiction: Type.Boolean({
          description:
            'True if allergies and a statement that none of their kind are known stand side by side.',
        }),
      },
    ),
    problems: linesOf(
      'ProblemLines',
      'Active problems, and the diagnoses of visits that go on, said as such. A diagnosis of a past visit is not a problem unless sent as active.',
      ProblemLine,
    ),
    medicines: linesOf(
      'MedicineLines',
      'Currently prescribed medicines, and what was dispensed in the last 90 days on no prescription among them.',
      MedicineLine,
    ),
    alerts: linesOf('AlertLines', 'Current alerts.', StatementLine),
    reports: linesOf('ReportLines', 'The newest reports and their abnormal values.', ReportLine),
  },
)
export type Summary = Static<typeof Summary>

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

const problemLine = (line: StoredStatementLine, head: PatientHead) => ({
  ...statementLine(line),
  encounter:
    line.encounterId === undefined
      ? null
      : publicId(entryIdOf(head._id, 'encounter', line.encounterId)),
})

const medicineLine = (line: StoredStatementLine, head: PatientHead) => ({
  ...statementLine(line),
  dispensed: head.dispensed.some(({ entry }) => entry === line.entry) ? (true as const) : null,
})

const reportLine = ({
  name,
  status,
  abnormal,
  moreCritical,
  moreAbnormal,
  measured,
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
})

/** The summary of a person as an answer. */
export const summaryOf = (
  heads: readonly PatientHead[],
  names: Names,
  now: Date,
): Presented<Summary> => {
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
