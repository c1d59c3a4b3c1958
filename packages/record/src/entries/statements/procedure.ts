import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { shownProcedureStatus } from '../../status/procedure-status.ts'
import { byAction } from './by-action.ts'
import type { Rule } from '../../status/rule.ts'

/** A procedure; PR1 has no status, and without one it is `reported`. */
export const procedureRule = ({
  action,
  status,
}: Stated<'procedure'>): Rule<StatementStatus<'procedure'>> =>
  byAction<StatementStatus<'procedure'>>(action, shownProcedureStatus(status), 'reported')
