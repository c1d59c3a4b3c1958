import { optionalTime } from '../datatypes/time-field.ts'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, firstPart, repetitions, text } from '@tideway/hl7v2/lexer/fields'
import type { Accident } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { readAddresses } from '../datatypes/xad.ts'
import { readPractitioners } from '../datatypes/xcn.ts'

/**
 * The accident behind a visit. The authority of its number (ACC-13.2 to 4) is listed as unused.
 *
 * @see HL7 v2.6 chapter 6.5.9, ACC
 */
export const readAccident = (acc: Segment, context: Context): Accident => ({
  at: optionalTime(acc, 1, context),
  code: readCoded(acc, 2),
  location: text(acc, 3),
  jobRelated: text(acc, 5),
  deathInvolved: text(acc, 6),
  enteredBy: readPractitioners(acc, 7),
  description: text(acc, 8),
  broughtBy: text(acc, 9),
  policeNotified: text(acc, 10),
  addresses: readAddresses(acc, 11),
  numbers: readNumbers(acc),
})

const readNumbers = (acc: Segment): string[] =>
  repetitions(acc, 13)
    .map((repetition) => {
      const components = componentsOf(acc.message, repetition)
      leaveUnread(acc, 13, components, [1])
      return firstPart(acc.message, components[0])
    })
    .filter((number) => number !== null)
