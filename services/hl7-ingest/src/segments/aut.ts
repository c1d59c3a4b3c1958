import { optionalTime } from '../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import { type Authorisation, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { readEntityNumber } from '../datatypes/ei.ts'

/**
 * What a payer has authorised; null if it is deleted (29), and then listed as unused. Amounts of
 * money (7) and what only the payer needs (11 to 27) are not used.
 *
 * @see HL7 v2.8 chapter 11.8.2, AUT
 */
export const readAuthorisation = (aut: Segment, context: Context): Authorisation | null => {
  if (aut.fields[29]?.toUpperCase() === 'D') return null
  const time = (field: number) => optionalTime(aut, field, context)
  return {
    ...unsaid.Authorisation(),
    ...readEntityNumber(aut, 6),
    plan: readCoded(aut, 1),
    company: readCoded(aut, 2),
    companyName: text(aut, 3),
    from: time(4),
    until: time(5),
    treatmentsRequested: text(aut, 8),
    treatmentsAuthorised: text(aut, 9),
    processedAt: time(10),
    comment: text(aut, 28),
  }
}
