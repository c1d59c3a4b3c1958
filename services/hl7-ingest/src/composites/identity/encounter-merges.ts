import { type EncountersMerged, unsaid } from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import { fieldPlace, type Hl7Message, type Segment } from '@tideway/hl7v2/lexer/message'
import { readIdentifier } from '../../datatypes/cx.ts'
import { readVisitUpdate, readVisitNumber } from '../visit/encounter.ts'
import { leaveAllButNumber } from '../../keys/encounter-id.ts'
import { readWhen } from '../../segments/evn.ts'
import { mrgSegments } from './merges.ts'
import { leaveAllButKeys, readPriorKeys } from '../../segments/mrg.ts'
import { readPatient } from '../patient/patient.ts'
import { readPriorVisit } from './prior-visit.ts'

/**
 * Merges of accounts (MRG-3 into PID-18) and visits (MRG-5 into PV1-19), reported for the patient
 * and for the one in MRG-1 if it is another.
 *
 * @throws IngestError MISSING_FIELD at MRG-3 if an MRG has neither an account nor a visit,
 *   INVALID_FIELD at MRG-5
 * @see HL7 v2.5.1 chapter 3.3.41 and 3.3.42
 */
export const readEncounterMerges = (group: Hl7Message, context: Context): Hl7DraftEvent[] => {
  const { key, pid } = readPatient(group, context)
  const at = readWhen(group, null, context)
  const encounterId = readVisitNumber(group, key, context)
  const account = readIdentifier(pid, 18, context.source)
  const merged = mrgSegments(group).flatMap((mrg) => {
    const concerned = [...new Set([key, ...readPriorKeys(mrg, context)])]
    leaveAllButKeys(mrg, context)
    const event = {
      ...unsaid.EncountersMerged(),
      encounterId,
      account,
      ...readPriorOnes(mrg, concerned, context),
      at,
    }
    return concerned.map((one) => draftEvent(one, mrg, event))
  })
  return [...merged, ...readVisitUpdate(group, key, context)]
}

const readPriorOnes = (
  mrg: Segment,
  patientKeys: readonly string[],
  context: Context,
): Pick<EncountersMerged, 'priorEncounterIds' | 'priorAccounts'> => {
  const account = readIdentifier(mrg, 3, context.source)
  const { encounterId } = readPriorVisit(mrg, patientKeys, context)
  leaveAllButNumber(mrg, 5)
  if (account === null && encounterId === null)
    throw new IngestError('MISSING_FIELD', fieldPlace(mrg, 3))
  return {
    priorEncounterIds: encounterId === null ? [] : [encounterId],
    priorAccounts: account === null ? [] : [account],
  }
}
