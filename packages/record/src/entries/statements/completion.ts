import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { byAction, wordOf } from './by-action.ts'
import type { Rule } from './rule.ts'

type Status = StatementStatus<'administration'>

/**
 * RXA-20, HL7 v2.9 table 0322, completion status; and FHIR R4 MedicationAdministration and
 * Immunization statuses.
 */
export const completions = {
  CP: 'completed',
  RE: 'refused',
  NA: 'not-given',
  PA: 'partial',
  'in-progress': 'in-progress',
  'not-done': 'not-given',
  'on-hold': 'on-hold',
  completed: 'completed',
  'entered-in-error': 'entered-in-error',
  stopped: 'stopped',
  unknown: 'unknown',
} as const satisfies Record<string, Status>

/**
 * A medicine or vaccine by RXA-20 and RXA-21; without a completion it is `reported`, which claims
 * no more than the sender did.
 */
export const completionRule = ({
  action,
  status,
}: Stated<'administration'> | Stated<'immunization'>): Rule<Status> =>
  byAction<Status>(action, wordOf(completions, status), 'reported')
