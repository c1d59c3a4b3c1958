import { componentsOf, firstRepetition, text } from '@tideway/hl7v2/lexer/fields'
import { type AlertReported, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { readOwnNumber } from '../datatypes/ei.ts'
import { timeOf } from '@tideway/hl7v2/datatypes/period'
import { readTexts } from '@tideway/hl7v2/datatypes/texts'
import { codeKey, statementKey } from '../keys/business-key.ts'

/**
 * An access restriction of the patient or the visit. Null if ARV-3 is empty. The location of
 * restricted fields (ARV-9) is not used.
 *
 * @param encounterId  the restricted visit; null if the restriction is on the patient
 * @see HL7 v2.9 chapter 3.4.14, ARV, and HL7 tables 0717 and 0719
 */
export const readRestriction = (
  arv: Segment,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): AlertReported | null => {
  const code = readCoded(arv, 3)
  if (code === null) return null
  const [from, until] = componentsOf(arv.message, firstRepetition(arv, 6) ?? '')
  return {
    ...unsaid.AlertReported(),
    alertId: statementKey(patientKey, context, readOwnNumber(arv, 10, context.source), [
      'access-restriction',
      codeKey(code),
      encounterId,
    ]),
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
