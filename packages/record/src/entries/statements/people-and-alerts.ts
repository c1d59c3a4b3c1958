import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { shownAlertStatus } from '../../status/alert-status.ts'
import { shownCareTeamStatus } from '../../status/care-team-status.ts'
import { shownContactStatus } from '../../status/contact-status.ts'
import { byAction } from './by-action.ts'
import { type Rule, says } from '../../status/rule.ts'

export const contactRule = ({ status }: Stated<'contact'>): Rule<StatementStatus<'contact'>> =>
  says(shownContactStatus(status) ?? 'reported')

export const careTeamRule = ({
  action,
  status,
}: Stated<'care-team-member'>): Rule<StatementStatus<'care-team-member'>> =>
  byAction<StatementStatus<'care-team-member'>>(action, shownCareTeamStatus(status), 'reported')

export const alertRule = ({ action, status }: Stated<'alert'>): Rule<StatementStatus<'alert'>> =>
  byAction<StatementStatus<'alert'>>(action, shownAlertStatus(status), 'reported')
