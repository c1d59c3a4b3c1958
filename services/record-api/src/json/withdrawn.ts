import { type Static, Type } from 'typebox'
import { type Document, isTakenBack } from './document.ts'
import type { Report } from './report.ts'
import type { StatementJson } from './statement.ts'
import { instant, list, object, text, textOrNull } from './values.ts'

const Withdrawn = object(
  'Withdrawn',
  'Something in this answer that was taken back: somebody may have acted on it.',
  {
    entry: text('Public id of the entry.'),
    kind: text('Of the entry.'),
    organisation: text('ODS code of the organisation whose patient record it belongs to.'),
    patient: text('Public id of the source patient.'),
    field: textOrNull('What of the entry, e.g. observations[2]; null: all of it.'),
    status: Type.Enum(['wrong-patient', 'entered-in-error', 'cancelled'], {
      description:
        '`wrong-patient`: it is about somebody else. `cancelled`: a document that was retracted.',
    }),
    receivedAt: instant(
      'When the newest message that said so was received; of a whole entry, the newest message about it.',
    ),
  },
)
type Withdrawn = Static<typeof Withdrawn>

export const WithdrawnList = list(
  Withdrawn,
  'What was taken back in the entries of this answer. Nothing of what it held is shown, except the code and text of a single fact that was entered in error.',
)

type Of = { id: string; kind: string; organisation: string; patient: string; receivedAt: string }

const withdrawn = (
  { id, kind, organisation, patient, receivedAt }: Of,
  field: string | null,
  status: Withdrawn['status'],
  at: string | null = null,
): Withdrawn => ({
  entry: id,
  kind,
  organisation,
  patient,
  field,
  status,
  receivedAt: at ?? receivedAt,
})

const inReport = (report: Report): Withdrawn[] =>
  report.status === 'entered-in-error'
    ? [withdrawn(report, null, report.status)]
    : inObservations(report)

const inObservations = (report: Report): Withdrawn[] =>
  report.observations.flatMap(({ status, withdrawnAt }, index) =>
    status === 'wrong-patient' || status === 'entered-in-error'
      ? [withdrawn(report, `observations[${index}]`, status, withdrawnAt)]
      : [],
  )

const ofDocument = (document: Document): Withdrawn[] =>
  isTakenBack(document) ? [withdrawn(document, null, document.status as Withdrawn['status'])] : []

const ofStatement = (statement: StatementJson): Withdrawn[] =>
  statement.status === 'entered-in-error' ? [withdrawn(statement, null, statement.status)] : []

/** What was taken back, of what is answered. */
export const withdrawnOf = (
  results: readonly Report[],
  documents: readonly Document[],
  statements: readonly StatementJson[],
): Withdrawn[] => [
  ...results.flatMap(inReport),
  ...documents.flatMap(ofDocument),
  ...statements.flatMap(ofStatement),
]
