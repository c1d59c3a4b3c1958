import { type ConditionReported, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../mapping.ts'
import type { Segment } from '../parse.ts'
import { readCodes } from '../values/ce.ts'
import { optionalTime } from '../values/timestamp.ts'
import { readPractitioners } from '../values/xcn.ts'
import { codeKey, statementKey } from './statement-key.ts'

/**
 * What a patient died of: a condition for each cause, with who certified it. Where he died, and the autopsy, are listed as unused.
 *
 * @see HL7 v2.5.1 chapter 3.4.12, PDA
 */
export const readCausesOfDeath = (pda: Segment, patientKey: string, encounterId: string | null, context: Context): ConditionReported[] => {
  const asserters = readPractitioners(pda, 5).map((practitioner) => ({ ...unsaid.Performer(), practitioner }))
  const recordedAt = optionalTime(pda, 4, context)
  return readCodes(pda, 1).map((code) => ({
    ...unsaid.ConditionReported(),
    conditionId: statementKey(patientKey, context, null, [codeKey(code), 'cause-of-death']),
    category: 'cause-of-death',
    code,
    recordedAt,
    asserters,
    encounterId,
  }))
}
