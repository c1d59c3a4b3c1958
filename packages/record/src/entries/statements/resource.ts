import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { shownResourceStatus } from '../../status/resource-status.ts'
import { type Rule, says } from '../../status/rule.ts'

/** A FHIR resource that is kept whole. */
export const resourceRule = ({ status }: Stated<'resource'>): Rule<StatementStatus<'resource'>> =>
  says(shownResourceStatus(status) ?? 'reported')
