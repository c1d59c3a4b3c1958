import { personSummary, type SummarySection } from '@tideway/record/summary/person-summary'
import type {
  PatientHead,
  ReportLine as StoredReportLine,
  StatementLine,
} from '@tideway/schemas/documents/head'
import { publicId } from '@tideway/schemas/public-id'
import { type Static, type TSchema, Type } from 'typebox'
import type { Names } from './patient.ts'
import { clinicalTime, instantOrNull, list, object, text, textOrNull } from './values.ts'

/** Whose word a line is, and how far it can be relied on. */
const lineFields = {
  entry: text('Public id of the entry.'),
  organisation: text('ODS code of the organisation whose patient record it belongs to.'),
  organisationName: textOrNull('Its name.'),
  patient: text(
    'Public id of the source patient; how fresh what each sender says of it is, is in `sources`.',
  ),
  lastReceivedAt: instantOrNull('When the newest message about this source patient was received.'),
  behind: Type.Boolean({
    description: 'True if events of this source patient wait: the line may be out of date.',
  }),
  at: clinicalTime('When, as said.'),
}

const StandingLine = object(
  'StandingLine',
  'A fact that stands, in one line; the whole is in its entry.',
  {
    ...lineFields,
    text: text('In words, as sent; a long one is cut and ends in an ellipsis.'),
    status: text('As in the entry.'),
  },
)

const ReportLine = object('ReportLine', 'One of the newest reports.', {
  ...lineFields,
  name: textOrNull('What was asked for.'),
  status: text('As in the entry.'),
  abnormal: list(
    object('AbnormalValue', 'A value that is abnormal by the flags of its laboratory.', {
      name: textOrNull('Of the test.'),
      value: textOrNull('As sent.'),
      unit: textOrNull('As sent.'),
      flag: text('HL7 table 0078.'),
    }),
    'At most two, critical ones first; long texts are cut.',
  ),
})

const linesOf = <T extends TSchema>(name: string, what: string, line: T) =>
  object(name, what, {
    lines: list(line, 'Newest first.'),
    cut: Type.Boolean({
      description: 'True if there may be more than these: an organisation has as many as are kept.',
    }),
    more: textOrNull(
      'Where all are: the query of GET /api/patients/{id}/entries, e.g. kind=allergy; null if nothing is cut.',
    ),
  })

export const Summary = object(
  'Summary',
  'What a clinician needs first. None here does not mean that there is none: `complete` and `sources` say how far these organisations were heard.',
  {
    allergies: linesOf('AllergyLines', 'Allergies that stand.', StandingLine),
    problems: linesOf(
      'ProblemLines',
      'Problems that go on. A diagnosis of one visit is no such problem unless its sender says that it is active.',
      StandingLine,
    ),
    medicines: linesOf('MedicineLines', 'Medicines that are prescribed now.', StandingLine),
    alerts: linesOf('AlertLines', 'Warnings that stand.', StandingLine),
    reports: linesOf(
      'ReportLines',
      'The newest reports, and what in them is abnormal.',
      ReportLine,
    ),
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

const standing = ({ text: said, status }: StatementLine) => ({ text: said, status })
const reported = ({ name, status, abnormal }: StoredReportLine) => ({ name, status, abnormal })

/** The summary of a person for a reader. */
export const summaryOf = (heads: readonly PatientHead[], names: Names): Summary => {
  const { allergies, problems, medicines, alerts, reports } = personSummary(heads)
  return {
    allergies: sectionOf(allergies, names, standing),
    problems: sectionOf(problems, names, standing),
    medicines: sectionOf(medicines, names, standing),
    alerts: sectionOf(alerts, names, standing),
    reports: sectionOf(reports, names, reported),
  }
}
