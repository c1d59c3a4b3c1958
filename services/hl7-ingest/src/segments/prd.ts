import { optionalTime } from '../datatypes/time-field.ts'
import { leavePart, leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  firstPart,
  firstRepetition,
  leaveFields,
  raw,
} from '@tideway/hl7v2/lexer/fields'
import {
  type Organisation,
  type Performer,
  type PerformerDetail,
  type Practitioner,
  unsaid,
} from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { readLocation } from '../datatypes/pl.ts'
import { readAddress, readAddresses } from '../datatypes/xad.ts'
import { readOrganisation } from '../datatypes/xon.ts'
import { readNames } from '../datatypes/xpn.ts'
import { readTelecoms } from '../datatypes/xtn.ts'

/**
 * A provider of a referral, with its role: referring (RP), referred to (RT), consulting and others
 * of HL7 table 0286. Not used: preferred method of contact (6 and 14) and location of the
 * organisation (12).
 *
 * @returns null if it names neither a person, an organisation nor a place
 * @see HL7 v2.8 chapter 11.8.3, PRD
 */
export const readProvider = (prd: Segment, context: Context): Performer | null => {
  const practitioner = practitionerOf(prd)
  const organisation = organisationOf(prd)
  const location = readLocation(prd, 4)
  if (practitioner === null && organisation === null && location === null) return null
  return {
    ...unsaid.Performer(),
    practitioner,
    role: readCoded(prd, 1),
    organisation,
    from: optionalTime(prd, 8, context),
    until: optionalTime(prd, 9, context),
    location,
    detail: detailOf(prd),
  }
}

/** PRD-2 and PRD-7: the name, and the number with its type. */
const practitionerOf = (prd: Segment): Practitioner | null => {
  const [name, ...others] = readNames(prd, 2)
  if (others.length > 0) leavePart(prd, '2~')
  if (name?.detail?.calledBy) leavePart(prd, '2.15')
  const [identifier, identifierType] = numberOf(prd)
  if (name === undefined && identifier === null) {
    leaveFields(prd, [7])
    return null
  }
  const detail: NonNullable<Practitioner['detail']> = {
    ...unsaid.PractitionerDetail(),
    identifierType,
    suffix: name?.suffix ?? null,
    degree: name?.detail?.degree ?? null,
    use: name?.use ?? null,
    validFrom: name?.detail?.validFrom ?? null,
    validUntil: name?.detail?.validUntil ?? null,
    professionalSuffix: name?.detail?.professionalSuffix ?? null,
  }
  return {
    ...unsaid.Practitioner(),
    identifier,
    family: name?.family ?? null,
    given: name?.given ?? [],
    prefix: name?.prefix ?? null,
    detail: Object.values(detail).every((value) => value === null) ? null : detail,
  }
}

/** PLN-1 and 2; 3 and 4 are the state that issued it, and its expiration. HL7 v2.8 ch. 2A.57. */
const numberOf = (prd: Segment): [string | null, string | null] => {
  const components = componentsOf(prd.message, firstRepetition(prd, 7) ?? '')
  leaveUnread(prd, 7, components, [1, 1])
  return [firstPart(prd.message, components[0]), firstPart(prd.message, components[1])]
}

/** PRD-10 with its address (11) and telephone numbers (13). */
const organisationOf = (prd: Segment): Organisation | null => {
  const organisation = raw(prd, 10) === '' ? null : readOrganisation(prd, 10)
  return organisation === null
    ? null
    : {
        ...organisation,
        address: readAddress(prd, 11),
        telecoms: readTelecoms(prd, 13),
      }
}

const detailOf = (prd: Segment): PerformerDetail | null => {
  const [addresses, telecoms] = [readAddresses(prd, 3), readTelecoms(prd, 5)]
  return addresses.length + telecoms.length === 0
    ? null
    : { ...unsaid.PerformerDetail(), addresses, telecoms }
}
