import { type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import { fieldPlace, type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { readIdentifier, readIdentifiers } from '../../datatypes/cx.ts'
import { readVisitUpdate } from '../visit/encounter.ts'
import { readWhen } from '../../segments/evn.ts'
import { leaveAllButKeys, readFormer } from '../../segments/mrg.ts'
import { cutAt } from '../../groups/patient-groups.ts'
import { readPatient } from '../patient/patient.ts'
import { readPriorVisit } from './prior-visit.ts'

type Between = { fromKey: string | null; toKey: string; at: string | null }
/** The event for what one MRG moves. */
export type Move = (mrg: Segment, pid: Segment, between: Between, context: Context) => EventBody

/** MRG-1 has the numbers that move, which also identify the former patient. */
export const identifiersMoved: Move = (mrg, _, between, { source }) => ({
  ...unsaid.IdentifiersMoved(),
  ...between,
  identifiers: readIdentifiers(mrg, 1, source),
})

/** @throws IngestError MISSING_FIELD at MRG-3 */
export const accountMoved: Move = (mrg, pid, between, { source }) => {
  const moved = readIdentifier(mrg, 3, source) ?? readIdentifier(pid, 18, source)
  if (moved === null) throw new IngestError('MISSING_FIELD', fieldPlace(mrg, 3))
  return { ...unsaid.AccountMoved(), ...between, accounts: [moved] }
}

/** @throws IngestError MISSING_FIELD or INVALID_FIELD at MRG-5 */
export const visitMoved: Move = (mrg, _, between, context) => {
  const { encounterId, visit } = readPriorVisit(
    mrg,
    [between.toKey, between.fromKey ?? between.toKey],
    context,
  )
  if (encounterId === null || visit === null)
    throw new IngestError('MISSING_FIELD', fieldPlace(mrg, 5))
  return { ...unsaid.EncounterMoved(), ...between, encounterIds: [encounterId], visits: [visit] }
}

/**
 * Moves from the patient in MRG-1 to the one in PID: an event for each, under every key of MRG-1,
 * and the visits after each MRG.
 *
 * @throws IngestError SAME_PATIENT_MERGED at MRG-1 if both are the same patient
 * @see HL7 v2.5.1 chapter 3.3.43 to 3.3.45
 */
export const readMoves = (group: Hl7Message, context: Context, move: Move): Hl7DraftEvent[] => {
  const { key, pid, details } = readPatient(group, context)
  const at = readWhen(group, null, context)
  const header = group.segments.slice(
    0,
    group.segments.findIndex(({ name }) => name === 'MRG'),
  )
  const moved = cutAt(group, 'MRG', header).flatMap((part) => {
    const mrg = segmentOf(part, 'MRG') as Segment
    const former: readonly (string | null)[] = readFormer(mrg, key, context)
    leaveAllButKeys(mrg, context)
    const moves = (former.length === 0 ? [null] : former).flatMap((fromKey) => {
      const event = move(mrg, pid, { fromKey, toKey: key, at }, context)
      return [key, fromKey].filter((one) => one !== null).map((one) => draftEvent(one, mrg, event))
    })
    return [...moves, ...readVisitUpdate(part, key, context)]
  })
  return [draftEvent(key, pid, details), ...moved]
}
