import { codeName } from '@tideway/record/keys/business-key'
import { allergyKey } from '@tideway/record/keys/clinical-keys'
import { type AllergyReported, type Coded, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import { type Segment, text } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { allergenTypes, translate } from '../datatypes/table.ts'
import { optionalTime } from '../datatypes/timestamp.ts'
import { scopeOf } from '../keys/business-key.ts'

/**
 * An allergy of a snapshot: it stands until somebody says otherwise, and one that a later message
 * leaves out still does. Null if it does not say to what.
 *
 * @see HL7 v2.5.1 chapter 3.4.6, AL1
 */
export const readAl1 = (
  al1: Segment,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): AllergyReported | null => {
  const code = readCoded(al1, 3)
  if (code === null) return null
  const allergenType = readCoded(al1, 2)
  const category = categoryOf(allergenType, 'AL1-2', context)
  const at = optionalTime(al1, 6, context)
  const severity = text(al1, 4)
  const manifestations = readCodedList(al1, 5)
  const says = manifestations.length > 0 || at !== null
  return {
    ...unsaid.AllergyReported(),
    allergyId: allergyKey(null, codeName(code), category, scopeOf(patientKey, context)),
    code,
    category,
    allergenType: worded(allergenType),
    severity,
    reactions: says ? [{ ...unsaid.Reaction(), manifestations, at }] : [],
    encounterId,
  }
}

/** AL1-2 and IAM-2 in our words (HL7 table 0127), else as sent. */
export const categoryOf = (sent: Coded | null, field: string, { source }: Context): string | null =>
  translate(source, field, sent?.code ?? sent?.text ?? null, allergenTypes)

/** What says more than its code does. */
export const worded = (sent: Coded | null): Coded | null =>
  sent === null ||
  [sent.text, sent.system, sent.alternateCode, sent.alternateText].every((said) => said === null)
    ? null
    : sent
