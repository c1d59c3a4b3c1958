import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { byAction, wordOf } from './by-action.ts'
import { type Rule, says } from './rule.ts'

/** HL7 table 0136 and FHIR R4 RelatedPerson.active. */
export const activity = {
  Y: 'reported',
  true: 'reported',
  N: 'inactive',
  false: 'inactive',
} as const satisfies Record<string, StatementStatus<'contact'>>

export const contactRule = ({ active }: Stated<'contact'>): Rule<StatementStatus<'contact'>> =>
  says(wordOf(activity, active) ?? 'reported')

/** FHIR R4 CareTeam.status. */
export const teamStatuses = {
  proposed: 'proposed',
  active: 'active',
  suspended: 'suspended',
  inactive: 'inactive',
  'entered-in-error': 'entered-in-error',
} as const satisfies Record<string, StatementStatus<'care-team-member'>>

export const careTeamRule = ({
  action,
  status,
}: Stated<'care-team-member'>): Rule<StatementStatus<'care-team-member'>> =>
  byAction<StatementStatus<'care-team-member'>>(action, wordOf(teamStatuses, status), 'reported')

/** FHIR R4 Flag.status. */
export const flagStatuses = {
  active: 'active',
  inactive: 'inactive',
  'entered-in-error': 'entered-in-error',
} as const satisfies Record<string, StatementStatus<'alert'>>

export const alertRule = ({ action, status }: Stated<'alert'>): Rule<StatementStatus<'alert'>> =>
  byAction<StatementStatus<'alert'>>(action, wordOf(flagStatuses, status), 'reported')
