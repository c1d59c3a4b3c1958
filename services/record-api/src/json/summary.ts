import { personSummary, type SummarySection } from '@tideway/record/summary/person-summary'
import type {
  PatientHead,
  ReportLine as StoredReportLine,
  StatementLine as StoredStatementLine,
} from '@tideway/schemas/documents/head'
import { publicId } from '@tideway/schemas/public-id'
import { type Static, type TSchema, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import type { Names } from './patient.ts'
import { computedFlag } from './abnormal.ts'
import {
  clinicalTime,
  optionalInstant,
  list,
  object,
  optional,
  text,
  optionalText,
} from './schema/values.ts'

/** Whose statement a line is, and how current it is. */
const lineFields = {
  entry: text('Public id of the entry.'),
  organisation: text('ODS code of the organisation whose patient record it belongs to.'),
  organisationName: optionalText('Its name.'),
  patient: text('Public id of the source patient; `sources` says how fresh its data is.'),
  lastReceivedAt: optionalInstant(
    'When the newest message about this source patient was received.',
  ),
  behind: Type.Boolean({
    description: 'True if events of this source patient are held: the line may be out of date.',
  }),
  at: clinicalTime('Clinical time, as sent.'),
}

const StatementLine = object(
  'StatementLine',
  'A current fact in one line; its entry has the rest.',
  {
    ...lineFields,
    text: text('In words, as sent; long text is cut and ends in an ellipsis.'),
    status: text('As in the entry.'),
  },
)

const ReportLine = object('ReportLine', 'One of the newest reports.', {
  ...lineFields,
  name: optionalText('Service requested.'),
  status: text('As in the entry.'),
  abnormal: list(
    object('AbnormalValue', 'An abnormal value.', {
      name: optionalText('Name of the test.'),
      value: optionalText('As sent.'),
      unit: optionalText('As sent.'),
      flag: text('HL7 table 0078; a flag that is in no table, as sent.'),
      computed: computedFlag,
    }),
    'At most two, critical ones first; long text is cut.',
  ),
  moreCritical: optional(Type.Integer(), 'Critical values not listed; absent if none.'),
  moreAbnormal: optional(Type.Integer(), 'Other abnormal values not listed; absent if none.'),
  notCurrent: optional(
    Type.Integer(),
    'Results that are not confirmed or not in the latest version of the report; absent if none.',
  ),
  retracted: optional(Type.Integer(), 'Results that were cancelled or withdrawn; absent if none.'),
})

const linesOf = <T extends TSchema>(name: string, what: string, line: T) =>
  object(name, what, {
    lines: list(line, 'Newest first.'),
    cut: Type.Boolean({
      description:
        'True if there may be more: a source patient has as many lines as a summary keeps.',
    }),
    more: optionalText(
      'Query of GET /api/patients/{id}/entries for all of them, e.g. kind=allergy; absent if none were cut.',
    ),
  })

export const Summary = object(
  'Summary',
  'What a clinician needs first. An empty list does not mean that there are none: `complete` and `sources` say what has been received.',
  {
    allergies: linesOf('AllergyLines', 'Current allergies.', StatementLine),
    problems: linesOf(
      'ProblemLines',
      'Active problems. A diagnosis of one visit is not a problem unless sent as active.',
      StatementLine,
    ),
    medicines: linesOf('MedicineLines', 'Currently prescribed medicines.', StatementLine),
    alerts: linesOf('AlertLines', 'Current alerts.', StatementLine),
    reports: linesOf('ReportLines', 'The newest reports and their abnormal values.', ReportLine),
  },
)
export type Summary = Static<typeof Summary>

const lastReceived = ({ freshness }: PatientHead): string | null => {
  const times = Object.values(freshness).map(({ receivedAt }) => receivedAt.getTime())
  return times.length === 0 ? null : new Date(Math.max(...times)).toISOString()
}

type Line = { entry: string; at: string | null }

const sharedOf = (head: PatientHead, { entry, at }: Line, names: Names) => ({
  entry: publicId(entry),
  organisation: head.organisation,
  organisationName: names.get(head.organisation) ?? null,
  patient: head.id,
  lastReceivedAt: lastReceived(head),
  behind: head.incomplete !== null,
  at,
})

const sectionOf = <L extends Line, Own>(
  { kind, lines, cut }: SummarySection<L>,
  names: Names,
  own: (line: L) => Own,
) => ({
  lines: lines.map(({ head, line }) => ({ ...sharedOf(head, line, names), ...own(line) })),
  cut,
  more: cut ? `kind=${kind}` : null,
})

const statementLine = ({ text: said, status }: StoredStatementLine) => ({ text: said, status })
const reportLine = (line: StoredReportLine) => ({
  name: line.name,
  status: line.status,
  abnormal: line.abnormal.map((one) => ({ ...one, computed: one.computed ?? false })),
  moreCritical: line.moreCritical ?? null,
  moreAbnormal: line.moreAbnormal ?? null,
  notCurrent: line.notCurrent ?? null,
  retracted: line.retracted ?? null,
})

/** The summary of a person as an answer. */
export const summaryOf = (heads: readonly PatientHead[], names: Names): Presented<Summary> => {
  const { allergies, problems, medicines, alerts, reports } = personSummary(heads)
  return {
    allergies: sectionOf(allergies, names, statementLine),
    problems: sectionOf(problems, names, statementLine),
    medicines: sectionOf(medicines, names, statementLine),
    alerts: sectionOf(alerts, names, statementLine),
    reports: sectionOf(reports, names, reportLine),
  }
}
