import { codeName } from '@tideway/record/keys/business-key'
import { noKnownAllergiesIn } from '@tideway/record/summary/no-known-allergies'
import { allergyKey } from '@tideway/record/keys/clinical-keys'
import { optionalTime } from '../datatypes/time-field.ts'
import { type AllergyReported, type Coded, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodeWord } from '../datatypes/ce.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { allergenTypes, translate } from '../tables/translate.ts'
import { scopeOf } from '../keys/business-key.ts'

/**
 * An allergy in snapshot mode: it stays in force until changed, even if a later message omits it.
 * Null without an allergen.
 *
 * @see HL7 v2.5.1 chapter 3.4.6, AL1
 */
export const readAl1 = (
  al1: Segment,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): AllergyReported | null => {
  const allergenType = readCoded(al1, 2)
  const code = readCoded(al1, 3) ?? noneKnown(allergenType)
  if (code === null) return null
  const category = categoryOf(allergenType, 'AL1-2', context)
  const at = optionalTime(al1, 6, context)
  const severity = readCodeWord(al1, 4)
  const manifestations = readCodedList(al1, 5)
  const hasReaction = manifestations.length > 0 || at !== null
  return {
    ...unsaid.AllergyReported(),
    allergyId: allergyKey(null, codeName(code), category, scopeOf(patientKey, context)),
    code,
    category,
    allergenType: worded(allergenType),
    severity,
    reactions: hasReaction ? [{ ...unsaid.Reaction(), manifestations, at }] : [],
    encounterId,
  }
}

/** Some senders say in the type alone that no allergies are known: `AL1|1|NKDA`. */
export const noneKnown = (allergenType: Coded | null): Coded | null =>
  allergenType === null || noKnownAllergiesIn(allergenType) === null ? null : allergenType

/** AL1-2 and IAM-2 as our category (HL7 table 0127), else as sent. */
export const categoryOf = (sent: Coded | null, field: string, { source }: Context): string | null =>
  translate(source, field, sent?.code ?? sent?.text ?? null, allergenTypes)

/** The coded value if it has more than a code; else null. */
export const worded = (sent: Coded | null): Coded | null => {
  if (sent === null) return null
  const { text, system, alternateCode, alternateText, alternateSystem, detail } = sent
  const more = [text, system, alternateCode, alternateText, alternateSystem, detail ?? null]
  return more.every((part) => part === null) ? null : sent
}
