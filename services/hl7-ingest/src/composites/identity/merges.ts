import type { PatientsMerged } from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import { type Hl7Message, placeOf, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { readWhen } from '../../segments/evn.ts'
import { readPrior } from '../../segments/mrg.ts'
import { requiredGroups } from '../../groups/patient-groups.ts'
import { readPatient } from '../patient/patient.ts'

/** MRG segments of a message or group, in order. */
export const mrgSegments = ({ segments }: Hl7Message): Segment[] =>
  segments.filter(({ name }) => name === 'MRG')

/**
 * Splits a message with MRG into one per patient: the PID of the surviving patient, and the MRG
 * segments with the prior identifiers.
 *
 * @throws IngestError MISSING_FIELD at PID or MRG
 * @see HL7 v2.5.1 chapter 3.3.40, ADT_A39, and 3.3.43 to 3.3.51
 */
export const mergeGroups = (message: Hl7Message): Hl7Message[] => {
  const first = message.segments.find(({ name }) => name === 'PID' || name === 'MRG')
  if (first?.name === 'MRG') throw new IngestError('MISSING_FIELD', 'PID')
  const groups = requiredGroups(message, 1)
  const alone = groups.find((group) => mrgSegments(group).length === 0)
  if (alone !== undefined)
    throw new IngestError('MISSING_FIELD', missingPlace(segmentOf(alone, 'PID') as Segment))
  return groups
}

const missingPlace = (pid: Segment): string =>
  pid.nth === 1 ? 'MRG' : placeOf({ ...pid, name: 'MRG' })

/** Demographics of the patient of a group. */
export const readPatientDetails = (group: Hl7Message, context: Context): Hl7DraftEvent[] => {
  const { key, pid, details } = readPatient(group, context)
  return [draftEvent(key, pid, details)]
}

/** The surviving patient, and a merge event for that patient and each merged one. */
export const readMerges = (group: Hl7Message, context: Context): Hl7DraftEvent[] => {
  const { key, pid, details } = readPatient(group, context)
  const mergedAt = readWhen(group, null, context)
  const merges = mrgSegments(group).flatMap((mrg) => {
    const merged: PatientsMerged & { type: 'PatientsMerged' } = {
      type: 'PatientsMerged',
      surviving: details.identifiers,
      survivingKey: key,
      ...readPrior(mrg, key, context),
      mergedAt,
    }
    return [key, ...merged.priorKeys].map((concerned) => draftEvent(concerned, mrg, merged))
  })
  return [draftEvent(key, pid, details), ...merges]
}
