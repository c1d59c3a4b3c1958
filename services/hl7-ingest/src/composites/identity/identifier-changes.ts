import { type Identifier, type IdentifiersChanged, unsaid } from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import { fieldPlace, type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { readIdentifiers } from '../../datatypes/cx.ts'
import { readVisitNumber, readVisitUpdate } from '../visit/encounter.ts'
import { readWhen } from '../../segments/evn.ts'
import { mrgSegments } from './merges.ts'
import { leaveAllButKeys, readFormer } from '../../segments/mrg.ts'
import { readPatient } from '../patient/patient.ts'
import { readPriorVisit } from './prior-visit.ts'

/**
 * Fields of the prior number (MRG) and the current one, preferred first. HL7 v2.5.1 chapter 3.3.46
 * to 3.3.51.
 */
const places = {
  PATIENT: { prior: [1, 4], now: 'PID', current: [3, 2] },
  ALTERNATE_PATIENT: { prior: [2], now: 'PID', current: [4] },
  ACCOUNT: { prior: [3], now: 'PID', current: [18] },
  VISIT: { prior: [5], now: 'PV1', current: [19] },
  ALTERNATE_VISIT: { prior: [6], now: 'PV1', current: [50] },
} as const satisfies Record<
  string,
  { prior: readonly number[]; now: 'PID' | 'PV1'; current: readonly number[] }
>

export type IdentifierSubject = keyof typeof places

/**
 * Changes of an identifier. A change of a patient number is also reported under the prior number.
 *
 * @throws IngestError MISSING_FIELD at the MRG field if the prior number is missing
 * @throws IngestError INVALID_FIELD at MRG-5 if the prior visit number is another organisation's
 * @throws IngestError SAME_PATIENT_MERGED at MRG-1 if the patient number has not changed
 */
export const readIdentifierChanges = (
  group: Hl7Message,
  context: Context,
  subject: IdentifierSubject,
): Hl7DraftEvent[] => {
  const { key, pid, details } = readPatient(group, context)
  const at = readWhen(group, null, context)
  const changed = mrgSegments(group).flatMap((mrg) => {
    const former = subject === 'PATIENT' ? readFormer(mrg, key, context) : []
    leaveAllButKeys(mrg, context, places[subject].prior)
    const event: IdentifiersChanged & { type: 'IdentifiersChanged' } = {
      ...unsaid.IdentifiersChanged(),
      subject,
      ...numbersOf(group, mrg, subject, context),
      priorKeys: former,
      priorEncounterId:
        subject === 'VISIT' ? readPriorVisit(mrg, [key], context).encounterId : null,
      encounterId: subject === 'VISIT' ? readVisitNumber(group, key, context) : null,
      at,
    }
    return [key, ...event.priorKeys].map((concerned) => draftEvent(concerned, mrg, event))
  })
  return [draftEvent(key, pid, details), ...changed, ...readVisitUpdate(group, key, context)]
}

const numbersOf = (
  group: Hl7Message,
  mrg: Segment,
  subject: IdentifierSubject,
  context: Context,
): Pick<IdentifiersChanged, 'prior' | 'current'> => {
  const { prior, now, current } = places[subject]
  const segment = segmentOf(group, now)
  const all = (of: Segment, fields: readonly number[]): Identifier[] =>
    fields.flatMap((field) => readIdentifiers(of, field, context.source))
  const before = all(mrg, prior)
  if (before.length === 0) throw new IngestError('MISSING_FIELD', fieldPlace(mrg, prior[0]))
  return { prior: before, current: segment === null ? [] : all(segment, current) }
}
