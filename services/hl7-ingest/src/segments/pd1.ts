import { componentsOf, isDeleted, repetitions, text } from '@tideway/hl7v2/lexer/fields'
import { leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import { optionalTime } from '../datatypes/time-field.ts'
import { type PatientDetailsReported, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { readPractitioner } from '../datatypes/xcn.ts'
import { readOrganisation } from '../datatypes/xon.ts'

type OfPd1 = Pick<
  PatientDetailsReported,
  | 'gpPractice'
  | 'gp'
  | 'livingDependencies'
  | 'livingArrangement'
  | 'disability'
  | 'livingWill'
  | 'organDonor'
  | 'publicity'
  | 'publicityFrom'
  | 'protected'
  | 'protectedFrom'
  | 'placeOfWorship'
  | 'advanceDirectives'
  | 'immunizationRegistryStatus'
  | 'immunizationRegistryFrom'
>

/**
 * The practice and the general practitioner the patient is registered with, and other patient
 * details.
 *
 * @see HL7 v2.5.1 chapter 3.4.10, PD1
 */
export const readPd1 = (pd1: Segment, context: Context): OfPd1 => ({
  gpPractice: readPractice(pd1),
  gp: readPractitioner(pd1, 4),
  livingDependencies: readCodedList(pd1, 1),
  livingArrangement: readCoded(pd1, 2),
  disability: readCoded(pd1, 6),
  livingWill: readCoded(pd1, 7),
  organDonor: readCoded(pd1, 8),
  publicity: readCoded(pd1, 11),
  publicityFrom: optionalTime(pd1, 18, context),
  protected: text(pd1, 12),
  protectedFrom: optionalTime(pd1, 13, context),
  placeOfWorship: readOrganisation(pd1, 14),
  advanceDirectives: readCodedList(pd1, 15),
  immunizationRegistryStatus: readCoded(pd1, 16),
  immunizationRegistryFrom: optionalTime(pd1, 17, context),
})

/** XON-1, 3, 6.1 and 10: the type of name and number has no place in a code. */
const readName: PartsRead = [1, 0, 1, 0, 0, 1, 0, 0, 0, 1]

/** An organisation as a code: its identifier and its name. */
const readPractice = (pd1: Segment): PatientDetailsReported['gpPractice'] => {
  const practice = readOrganisation(pd1, 3)
  for (const one of repetitions(pd1, 3).slice(0, 1))
    leaveUnread(pd1, 3, componentsOf(pd1.message, one), readName)
  return practice === null
    ? null
    : {
        ...unsaid.Coded(),
        code: practice.identifier,
        text: practice.name,
        system: practice.authority,
      }
}

/** Names of the fields that PD1 deletes. */
export const deletedInPd1 = (pd1: Segment): string[] => [
  ...(isDeleted(pd1, 3) ? ['gpPractice'] : []),
  ...(isDeleted(pd1, 4) ? ['gp'] : []),
]
