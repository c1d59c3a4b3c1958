import type { Statement } from '@tideway/schemas/documents/entry'
import { instantOf } from '@tideway/time/iso-time'
import { sentAtOf } from '../entries/version.ts'
import { shownFields } from './shown-fields.ts'

const ongoing: ReadonlySet<string> = new Set(['active', 'recurrence', 'relapse'])

/**
 * Whether a condition is said to go on, and to have ended before that was said. FHIR rules it out
 * (Condition, invariant con-4), and HL7 v2 does not (PRB-9 beside PRB-14): both are shown.
 */
export const isContradictedEnd = (data: Statement<'condition'>): boolean => {
  if (!ongoing.has(data.status)) return false
  const { abatedAt, version } = shownFields(data)
  const end = instantOf(abatedAt)
  return end !== null && end <= sentAtOf(version)
}
