import { readOrLeaveOut } from '../../normalise/leave-out.ts'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import { readVisitNumber } from '../visit/encounter.ts'
import { type AllergySegments, readIam } from './allergy-change.ts'

/**
 * Allergies with action codes, one per IAM with its notes and reactions. An allergy that neither an
 * identifier nor an agent identifies is left out.
 */
export const readAllergyChanges = (
  message: Hl7Message,
  patientKey: string,
  context: Context,
): Hl7DraftEvent[] => {
  const groups: AllergySegments[] = []
  let group: AllergySegments | null = null
  for (const segment of message.segments) {
    if (segment.name === 'NTE') group?.notes.push(segment)
    else if (segment.name === 'IAR') group?.reactions.push(segment)
    else group = null
    if (segment.name !== 'IAM') continue
    group = { iam: segment, notes: [], reactions: [] }
    groups.push(group)
  }
  if (groups.length === 0) return []
  const encounterId = readVisitNumber(message, patientKey, context)
  return groups.flatMap((group) =>
    readOrLeaveOut(
      () => [group.iam, ...group.notes, ...group.reactions],
      () => [draftEvent(patientKey, group.iam, readIam(group, patientKey, encounterId, context))],
    ),
  )
}
