import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { wordOf } from './by-action.ts'
import { type Rule, says } from './rule.ts'

/**
 * FHIR R4 statuses of CarePlan, Composition, Goal (lifecycleStatus), Task, CareTeam, Consent,
 * FamilyMemberHistory, QuestionnaireResponse, Device, ImagingStudy, List and EpisodeOfCare.
 */
export const resourceStatuses = {
  draft: 'draft',
  proposed: 'draft',
  planned: 'draft',
  requested: 'draft',
  received: 'draft',
  ready: 'draft',
  waitlist: 'draft',
  registered: 'draft',
  preliminary: 'draft',
  partial: 'active',
  'health-unknown': 'reported',
  active: 'active',
  accepted: 'active',
  'in-progress': 'active',
  available: 'active',
  current: 'active',
  onhold: 'on-hold',
  'on-hold': 'on-hold',
  suspended: 'on-hold',
  inactive: 'inactive',
  retired: 'inactive',
  completed: 'completed',
  finished: 'completed',
  final: 'completed',
  amended: 'completed',
  stopped: 'cancelled',
  cancelled: 'cancelled',
  revoked: 'cancelled',
  rejected: 'cancelled',
  failed: 'cancelled',
  'entered-in-error': 'entered-in-error',
  unknown: 'unknown',
} as const satisfies Record<string, StatementStatus<'resource'>>

export const resourceRule = ({ status }: Stated<'resource'>): Rule<StatementStatus<'resource'>> =>
  says(wordOf(resourceStatuses, status) ?? 'reported')
