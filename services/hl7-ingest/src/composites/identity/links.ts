import type { Identifier } from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import { fieldPlace, type Hl7Message, type Segment } from '@tideway/hl7v2/lexer/message'
import { requiredGroups } from '../../groups/patient-groups.ts'
import { readPatient } from '../patient/patient.ts'

type Side = { key: string; pid: Segment; identifiers: Identifier[] }

/**
 * The two patients of a link (A24, A37): demographics, and a link event for each.
 *
 * @throws IngestError MISSING_FIELD at PID, SAME_PATIENT_MERGED at the second PID-3 if both are
 *   the same patient
 * @throws IngestError SEVERAL_PATIENTS at a third PID, because the pair is then ambiguous
 */
export const readLinkedPatients = (
  message: Hl7Message,
  context: Context,
  linkEvent: (side: Side, other: Side) => Hl7DraftEvent,
): Hl7DraftEvent[] => {
  const patients = requiredGroups(message, 2).map((group) => readPatient(group, context))
  const sides = patients.map(
    ({ key, pid, details }): Side => ({ key, pid, identifiers: details.identifiers }),
  )
  const [first, second, third] = sides as [Side, Side, Side | undefined]
  if (third !== undefined) throw new IngestError('SEVERAL_PATIENTS', `PID[${third.pid.nth}]`)
  if (first.key === second.key)
    throw new IngestError('SAME_PATIENT_MERGED', fieldPlace(second.pid, 3))
  return [
    ...patients.map(({ key, pid, details }) => draftEvent(key, pid, details)),
    linkEvent(first, second),
    linkEvent(second, first),
  ]
}
