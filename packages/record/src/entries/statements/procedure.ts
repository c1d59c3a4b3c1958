import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { byAction, wordOf } from './by-action.ts'
import type { Rule } from './rule.ts'

/** FHIR R4 EventStatus. PR1 has none. */
export const eventStatuses = {
  preparation: 'preparation',
  'in-progress': 'in-progress',
  'not-done': 'not-done',
  'on-hold': 'on-hold',
  stopped: 'stopped',
  completed: 'completed',
  'entered-in-error': 'entered-in-error',
  unknown: 'unknown',
} as const satisfies Record<string, StatementStatus<'procedure'>>

export const procedureRule = ({
  action,
  status,
}: Stated<'procedure'>): Rule<StatementStatus<'procedure'>> =>
  byAction<StatementStatus<'procedure'>>(action, wordOf(eventStatuses, status), 'reported')
