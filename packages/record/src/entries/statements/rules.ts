import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementKind, StatementStatus } from '@tideway/schemas/documents/statement'
import { allergyRule } from './allergy.ts'
import { appointmentRule } from './appointment.ts'
import { administrationRule, completionRule } from './completion.ts'
import { conditionRule } from './condition.ts'
import { dispenseRule, prescriptionRule, requestRule } from './order.ts'
import { alertRule, careTeamRule, contactRule } from './people-and-alerts.ts'
import { procedureRule } from './procedure.ts'
import { resourceRule } from './resource.ts'
import type { Rule } from '../../status/rule.ts'

/** What a statement of each kind does. A new kind without a row does not compile. */
export const rules: { [K in StatementKind]: (statement: Stated<K>) => Rule<StatementStatus<K>> } = {
  allergy: allergyRule,
  condition: conditionRule,
  procedure: procedureRule,
  contact: contactRule,
  'care-team-member': careTeamRule,
  alert: alertRule,
  request: requestRule,
  prescription: prescriptionRule,
  dispense: dispenseRule,
  administration: administrationRule,
  immunization: completionRule,
  appointment: appointmentRule,
  resource: resourceRule,
}
