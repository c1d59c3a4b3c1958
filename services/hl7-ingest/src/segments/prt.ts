import { optionalTime } from '../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import {
  type CareTeamMemberReported,
  type Performer,
  unsaid,
} from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { readLocation } from '../datatypes/pl.ts'
import { readAddress, readAddresses } from '../datatypes/xad.ts'
import { readPractitioners } from '../datatypes/xcn.ts'
import { readOrganisation } from '../datatypes/xon.ts'
import { readTelecoms } from '../datatypes/xtn.ts'
import { nameOf } from './rol.ts'
import { codeKey, statementKey } from '../keys/business-key.ts'

/** HL7 v2.7.1 table 0287: delete, unlink. */
const takenAway = new Set(['DE', 'UN'])

/**
 * Participants: each person of PRT-5 with role PRT-4 and organisation PRT-8; without a person, the
 * organisation or location (PRT-9). One that is deleted (PRT-2) is listed as unused.
 *
 * @see HL7 v2.7.1 chapter 7.4.4, PRT
 */
export const readParticipants = (prt: Segment, context: Context): Performer[] => {
  if (takenAway.has(prt.fields[2]?.toUpperCase() ?? '')) return []
  const people = readPractitioners(prt, 5)
  const named = readOrganisation(prt, 8)
  const organisation = named === null ? null : { ...named, address: readAddress(prt, 14) }
  const location = readLocation(prt, 9)
  if (people.length === 0 && organisation === null && location === null) return []
  const shared = {
    ...unsaid.Performer(),
    role: readCoded(prt, 4),
    organisation,
    location,
    providerTypes: readCodedList(prt, 6),
    from: optionalTime(prt, 11, context),
    until: optionalTime(prt, 12, context),
  }
  return people.length === 0
    ? [shared]
    : people.map((practitioner) => ({ ...shared, practitioner }))
}

/**
 * A member of the care team of the patient or visit; null if PRT has neither person, organisation
 * nor location. PRT-5 repeats one person with several numbers.
 *
 * @param encounterId  visit it is for; null: for the patient
 */
export const readParticipant = (
  prt: Segment,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): CareTeamMemberReported | null => {
  const [practitioner, ...others] = readPractitioners(prt, 5)
  const organisation = readOrganisation(prt, 8)
  const location = readLocation(prt, 9)
  if (practitioner === undefined && organisation === null && location === null) return null
  const role = readCoded(prt, 4)
  const scope = encounterId === null ? 'PATIENT' : 'ENCOUNTER'
  return {
    ...unsaid.CareTeamMemberReported(),
    memberId: statementKey(patientKey, context, null, [
      codeKey(role),
      nameOf(practitioner) ?? organisation?.name ?? location?.pointOfCare ?? null,
      scope,
      encounterId,
    ]),
    practitioner: practitioner ?? null,
    otherNumbers: others,
    role,
    organisation,
    action: text(prt, 2),
    reason: readCoded(prt, 3),
    providerTypes: readCodedList(prt, 6),
    unitType: readCoded(prt, 7),
    location,
    from: optionalTime(prt, 11, context),
    until: optionalTime(prt, 12, context),
    addresses: readAddresses(prt, 14),
    telecoms: readTelecoms(prt, 15),
    scope,
    encounterId,
  }
}
