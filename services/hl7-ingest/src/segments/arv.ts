import { type AlertReported, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../mapping.ts'
import { componentsOf, firstRepetition, type Segment, text } from '../parse.ts'
import { readCoded } from '../values/ce.ts'
import { readCodedList } from '../values/coded-list.ts'
import { readOwnNumber } from '../values/ei.ts'
import { timeOf } from '../values/period.ts'
import { readTexts } from '../values/texts.ts'
import { codeKey, statementKey } from './business-key.ts'

/**
 * A restriction of access to what is known of the patient, or of the visit: a fact for whoever decides who may read.
 * Null if it does not say what is restricted. Where in a message the restricted fields stand (ARV-9) ends up unused.
 *
 * @param encounterId  the visit that it is about; null if it is about the patient
 * @see HL7 v2.9 chapter 3.4.14, ARV, and HL7 tables 0717 and 0719
 */
export const readRestriction = (arv: Segment, patientKey: string, encounterId: string | null, context: Context): AlertReported | null => {
  const code = readCoded(arv, 3)
  if (code === null) return null
  const [from, until] = componentsOf(arv.message, firstRepetition(arv, 6) ?? '')
  return {
    ...unsaid.AlertReported(),
    alertId: statementKey(patientKey, context, readOwnNumber(arv, 10, context.source), ['access-restriction', codeKey(code), encounterId]),
    code,
    restrictsAccess: true,
    action: text(arv, 2),
    reasons: readCodedList(arv, 4),
    notes: readTexts(arv, 5),
    from: timeOf(arv.message, from),
    until: timeOf(arv.message, until),
    classification: readCoded(arv, 7),
    handling: readCodedList(arv, 8),
    encounterId,
  }
}
