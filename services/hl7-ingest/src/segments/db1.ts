import { optionalTime } from '../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import { type Disability, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { readIdentifiers } from '../datatypes/cx.ts'

/**
 * Disabilities of the patient (DB1-2 is PT). Those of an insured person (IN), a guarantor (GT), an
 * associated party (AP) or an unnamed person are not used.
 *
 * @see HL7 v2.5.1 chapter 3.4.11, DB1, and HL7 table 0334
 */
export const readDisabilities = (message: Hl7Message, context: Context): Disability[] => {
  const found: Disability[] = []
  for (const segment of message.segments)
    if (segment.name === 'DB1' && segment.fields[2] === 'PT')
      found.push(disabilityOf(segment, context))
  return found
}

const disabilityOf = (db1: Segment, context: Context): Disability => {
  text(db1, 2)
  return {
    ...unsaid.Disability(),
    identifiers: readIdentifiers(db1, 3, context.source),
    disabled: text(db1, 4),
    from: optionalTime(db1, 5, context),
    until: optionalTime(db1, 6, context),
    returnedToWorkAt: optionalTime(db1, 7, context),
    unableToWorkFrom: optionalTime(db1, 8, context),
  }
}
