import { SummaryNotShown } from '../not-shown.ts'
import { type Static, type TProperties, type TSchema, Type } from 'typebox'
import {
  AllergyLine,
  MedicineLine,
  ProblemLine,
  ReportLine,
  StatementLine,
} from './summary-lines.ts'
import { list, object, optionalText } from './values.ts'

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
    notShown: SummaryNotShown,
  },
)
export type Summary = Static<typeof Summary>
