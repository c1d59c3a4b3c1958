import { isForeign, visitNumberKey } from '@tideway/record/keys/encounter-key'
import type { Identifier } from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import type { Context } from '../../normalise/mapping.ts'
import { fieldPlace, type Segment } from '@tideway/hl7v2/lexer/message'
import { readIdentifier } from '../../datatypes/cx.ts'

/**
 * Encounter id of the visit in MRG-5, as in `PatientAdmitted`; null if MRG has none.
 *
 * @param patientKeys  keys of the patient, whose organisation must have assigned the number
 * @throws IngestError INVALID_FIELD at MRG-5 if the number is another organisation's
 * @see HL7 v2.5.1 chapter 3.4.9.5
 */
export const readPriorVisit = (
  mrg: Segment,
  patientKeys: readonly string[],
  { source }: Context,
): { encounterId: string | null; visit: Identifier | null } => {
  const visit = readIdentifier(mrg, 5, source)
  if (visit !== null && patientKeys.every((key) => isForeign(visit, key)))
    throw new IngestError('INVALID_FIELD', fieldPlace(mrg, 5))
  return { encounterId: visit === null ? null : visitNumberKey(visit.value), visit }
}
