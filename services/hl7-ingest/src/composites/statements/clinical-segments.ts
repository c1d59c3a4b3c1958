import type { EventBody } from '@tideway/schemas/events.generated'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { leaveSegment } from '@tideway/hl7v2/lexer/unused-parts'
import { readAl1 } from '../../segments/al1.ts'
import { readRestriction } from '../../segments/arv.ts'
import { readDg1 } from '../../segments/dg1.ts'
import { readNk1 } from '../../segments/nk1.ts'
import { readAutopsy, readCausesOfDeath } from '../../segments/pda.ts'
import { readPr1 } from './procedure.ts'
import { readParticipant } from '../../segments/prt.ts'
import { readReferral } from '../../segments/rf1.ts'
import { readMember } from '../../segments/rol.ts'
import { clinicalGroups } from '../../groups/clinical-groups.ts'
import { readVisitObservations } from '../visit/visit-observations.ts'

/**
 * Clinical segments of a message: contacts, care team, access restrictions, allergies, diagnoses,
 * causes of death, referrals, procedures and observations.
 *
 * Each is a separate statement. One that is absent from a later message stays in force, because
 * most senders do not send all of them each time.
 *
 * @param encounterId  visit of the message; null if it is missing or not identified, in which case
 *   its roles are not used
 */
export const readClinicalSegments = (
  message: Hl7Message,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): Hl7DraftEvent[] => {
  const groups = clinicalGroups(message)
  if (Object.values(groups).every(({ length }) => length === 0)) return []
  const eventOf = (segment: Segment, body: EventBody | null): Hl7DraftEvent[] => {
    if (body !== null) return [draftEvent(patientKey, segment, body)]
    leaveSegment(segment)
    return []
  }
  return [
    ...groups.contacts.flatMap((nk1) => eventOf(nk1, readNk1(nk1, patientKey, context))),
    ...groups.roles
      .filter(({ ofVisit }) => !ofVisit || encounterId !== null)
      .flatMap(({ segment, ofVisit }) =>
        eventOf(segment, memberIn(segment, patientKey, ofVisit ? encounterId : null, context)),
      ),
    ...groups.restrictions
      .filter(({ ofVisit }) => !ofVisit || encounterId !== null)
      .flatMap(({ segment, ofVisit }) =>
        eventOf(
          segment,
          readRestriction(segment, patientKey, ofVisit ? encounterId : null, context),
        ),
      ),
    ...groups.allergies.flatMap((al1) =>
      eventOf(al1, readAl1(al1, patientKey, encounterId, context)),
    ),
    ...groups.diagnoses.flatMap((dg1) =>
      eventOf(dg1, readDg1(dg1, patientKey, encounterId, context)),
    ),
    ...groups.deaths.flatMap((pda) =>
      [
        ...readCausesOfDeath(pda, patientKey, encounterId, context),
        readAutopsy(pda, patientKey, encounterId, context),
      ].flatMap((body) => (body === null ? [] : eventOf(pda, body))),
    ),
    ...groups.referrals.flatMap((rf1) =>
      eventOf(rf1, readReferral(rf1, patientKey, encounterId, context)),
    ),
    ...groups.procedures.flatMap(({ pr1, roles }) =>
      eventOf(pr1, readPr1(pr1, roles, patientKey, encounterId, context)),
    ),
    ...readVisitObservations(groups.observations, patientKey, encounterId, context),
  ]
}

const memberIn = (segment: Segment, ...of: [string, string | null, Context]) =>
  segment.name === 'PRT' ? readParticipant(segment, ...of) : readMember(segment, ...of)
