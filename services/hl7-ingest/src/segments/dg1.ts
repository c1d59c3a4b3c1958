import { codeName } from '@tideway/record/keys/business-key'
import { diagnosisKey } from '@tideway/record/keys/clinical-keys'
import { optionalTime } from '../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import { type Coded, type ConditionReported, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodeWord } from '../datatypes/ce.ts'
import { readOwnNumber } from '../datatypes/ei.ts'
import { readPractitioners } from '../datatypes/xcn.ts'
import { assigned, scopeOf } from '../keys/business-key.ts'

/**
 * A diagnosis of a visit. Null if it has neither a code nor text.
 *
 * @see HL7 v2.5.1 chapter 6.5.2, DG1
 */
export const readDg1 = (
  dg1: Segment,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): ConditionReported | null => {
  const number = readOwnNumber(dg1, 20, context.source)
  const coded = readCoded(dg1, 3)
  const words = text(dg1, 4)
  if (coded === null && words === null) return null
  const code = withMethod(coded ?? unsaid.Coded(), dg1)
  const diagnosisType = readCodeWord(dg1, 6)
  return {
    ...unsaid.ConditionReported(),
    conditionId: diagnosisKey(
      assigned(number, context),
      { code: coded === null ? words : codeName(coded), type: diagnosisType, encounterId },
      scopeOf(patientKey, context),
    ),
    identifier: number?.number ?? null,
    category: 'diagnosis',
    code,
    text: words,
    diagnosisType,
    classification: readCodeWord(dg1, 17),
    confidential: text(dg1, 18),
    recordedAt: optionalTime(dg1, 5, context),
    attestedAt: optionalTime(dg1, 19, context),
    rank: text(dg1, 15),
    action: text(dg1, 21),
    parentIdentifier: text(dg1, 22),
    asserters: readPractitioners(dg1, 16).map((practitioner) => ({
      ...unsaid.Performer(),
      practitioner,
    })),
    encounterId,
  }
}

/**
 * DG1-2 was the coding system before version 2.3 moved it to DG1-3; if both are sent, it is listed
 * as unused.
 */
const withMethod = (code: Coded, dg1: Segment): Coded =>
  code.system === null && code.code !== null ? { ...code, system: text(dg1, 2) } : code
