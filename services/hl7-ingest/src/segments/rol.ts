import { optionalTime } from '../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import {
  type CareTeamMemberReported,
  type Performer,
  type PerformerDetail,
  type Practitioner,
  unsaid,
} from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { leaveSegment } from '@tideway/hl7v2/lexer/unused-parts'
import { readCoded } from '../datatypes/ce.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { readOwnNumber } from '../datatypes/ei.ts'
import { readLocation } from '../datatypes/pl.ts'
import { readAddresses } from '../datatypes/xad.ts'
import { readPractitioners } from '../datatypes/xcn.ts'
import { readOrganisation } from '../datatypes/xon.ts'
import { readTelecoms } from '../datatypes/xtn.ts'
import { codeKey, statementKey } from '../keys/business-key.ts'

/** A number this short is a set id, which identifies nothing. */
const setId = /^\d{1,3}$/

/**
 * A member of the care team; null if ROL has neither person nor organisation. ROL-4 repeats one
 * person with several numbers.
 *
 * @param encounterId  visit it is for; null: for the patient
 * @see HL7 v2.5.1 chapter 15.4.7, ROL
 */
export const readMember = (
  rol: Segment,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): CareTeamMemberReported | null => {
  const [practitioner, ...others] = readPractitioners(rol, 4)
  const organisation = readOrganisation(rol, 14)
  const role = readCoded(rol, 3)
  if (practitioner === undefined && organisation === null) return null
  const number = setId.test(rol.fields[1] ?? '') ? null : readOwnNumber(rol, 1, context.source)
  const scope = encounterId === null ? 'PATIENT' : 'ENCOUNTER'
  return {
    ...unsaid.CareTeamMemberReported(),
    memberId: statementKey(patientKey, context, number, [
      codeKey(role),
      nameOf(practitioner) ?? organisation?.name ?? null,
      scope,
      encounterId,
    ]),
    practitioner: practitioner ?? null,
    otherNumbers: others,
    role,
    organisation,
    ...readDuty(rol),
    from: optionalTime(rol, 5, context),
    until: optionalTime(rol, 6, context),
    scope,
    encounterId,
  }
}

/** Number, else name, of a practitioner. */
export const nameOf = (practitioner: Practitioner | undefined): string | null =>
  practitioner?.identifier ??
  ([practitioner?.family, ...(practitioner?.given ?? [])].filter(Boolean).join(' ') || null)

/** Participants of the segment before, a procedure or a problem. */
export const readPerformers = (rol: Segment, context: Context): Performer[] => {
  const [role, from, until, organisation] = [
    readCoded(rol, 3),
    optionalTime(rol, 5, context),
    optionalTime(rol, 6, context),
    readOrganisation(rol, 14),
  ]
  const people = readPractitioners(rol, 4)
  const shared = { ...unsaid.Performer(), role, organisation, from, until, detail: detailOf(rol) }
  if (people.length === 0 && organisation !== null) return [shared]
  if (people.length === 0) leaveSegment(rol)
  return people.map((practitioner) => ({ ...shared, practitioner }))
}

/** Fields of ROL about the work and its location, beside person and time. */
const readDuty = (rol: Segment): PerformerDetail => ({
  action: text(rol, 2),
  reason: readCoded(rol, 8),
  providerTypes: readCodedList(rol, 9),
  unitType: readCoded(rol, 10),
  addresses: readAddresses(rol, 11),
  telecoms: readTelecoms(rol, 12),
  location: readLocation(rol, 13),
})

const detailOf = (rol: Segment): PerformerDetail | null => {
  const detail = readDuty(rol)
  return Object.values(detail).every(
    (value) => value === null || (Array.isArray(value) && value.length === 0),
  )
    ? null
    : detail
}
