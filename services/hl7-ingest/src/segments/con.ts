import { optionalTime } from '../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import { type Consent, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { readTexts } from '@tideway/hl7v2/datatypes/texts'
import { readNames } from '../datatypes/xpn.ts'

/**
 * Consent of the patient or a representative. Translator and informational material (17 to 19) are
 * listed as unused.
 *
 * @see HL7 v2.5.1 chapter 9.9.1, CON
 */
export const readConsent = (con: Segment, context: Context): Consent => ({
  ...unsaid.Consent(),
  kind: readCoded(con, 2),
  formId: text(con, 3),
  formNumber: text(con, 4),
  texts: readTexts(con, 5),
  specificTexts: readTexts(con, 6),
  backgrounds: readTexts(con, 7),
  specificBackgrounds: readTexts(con, 8),
  limitations: readTexts(con, 9),
  mode: readCoded(con, 10),
  status: text(con, 11),
  discussedAt: optionalTime(con, 12, context),
  decidedAt: optionalTime(con, 13, context),
  from: optionalTime(con, 14, context),
  until: optionalTime(con, 15, context),
  competent: text(con, 16),
  bypassReason: readCoded(con, 20),
  disclosureLevel: text(con, 21),
  nonDisclosureReason: readCoded(con, 22),
  otherConsenterReason: readCoded(con, 23),
  consenters: readNames(con, 24),
  relationships: readCodedList(con, 25),
})
