import { errorConditions } from '@tideway/hl7v2/acknowledgement/error-conditions'
import type { FailureOutcome } from '@tideway/hl7-ingest/acknowledge/outcomes'
import { table } from './table.ts'

const afterwards = ({ custody, keep, park }: FailureOutcome): string => {
  if (park) return 'archived, parked'
  if (keep && custody === 'AA') return 'archived, used in part; the record says so'
  return keep ? 'archived' : 'counted, not stored'
}

/** Acknowledgement and custody for each outcome of HL7 v2. */
export const answersTable = <Code extends string>(
  outcomes: Readonly<Record<Code, FailureOutcome>>,
  texts: Readonly<Record<NoInfer<Code>, { meaning: string; action: string }>>,
): string =>
  table(
    [
      'Code',
      'Answer (MSA-1)',
      'Answer when strict',
      'Condition (ERR-3)',
      'What is kept',
      'What it means',
      'What to do',
    ],
    (Object.entries(outcomes) as [Code, FailureOutcome][]).map(([code, outcome]) => [
      `\`${code}\``,
      outcome.custody,
      outcome.strict,
      `${outcome.condition} ${errorConditions[outcome.condition] ?? ''}`.trim(),
      afterwards(outcome),
      texts[code].meaning,
      texts[code].action,
    ]),
  )
