import { ownNumberKey } from '@tideway/record/keys/business-key'
import { referralNumber } from '@tideway/record/keys/clinical-keys'
import { IngestError } from '../../errors.ts'
import { type ReferralGroup, referralGroup } from '../../groups/referral-groups.ts'
import { separateResults } from '../../groups/separate-results.ts'
import { readOrLeaveOut } from '../../normalise/leave-out.ts'
import { type Context, draftEvent, type Hl7DraftEvent } from '../../normalise/mapping.ts'
import { readAuthorisation } from '../../segments/aut.ts'
import { readContactPerson } from '../../segments/ctd.ts'
import { isRefusal } from '../../segments/msa.ts'
import { readNotesWithDetails } from '../../segments/nte.ts'
import { readProvider } from '../../segments/prd.ts'
import { readReferral } from '../../segments/rf1.ts'
import { triggerOf } from '../../segments/trigger.ts'
import { referralTriggers } from '../../tables/referral-triggers.ts'
import { fieldPlace, type Hl7Message } from '@tideway/hl7v2/lexer/message'
import type { Performer, RequestReported } from '@tideway/schemas/events.generated'
import { readPatient } from '../patient/patient.ts'
import { readSeparateResults } from '../results/separate-results.ts'
import { readVisitContext } from '../visit/visit-reference.ts'

/**
 * Demographics, the referral, and what was sent with it: visit, diagnoses, allergies, procedures
 * and results. Without RF1 the rest is used.
 *
 * @param isAnswer  RRI: what the receiver of a referral says of it
 */
export const readReferralMessage = (
  message: Hl7Message,
  context: Context,
  isAnswer: boolean,
): Hl7DraftEvent[] => {
  const patient = readPatient(message, context)
  const results = separateResults(message)
  const group = referralGroup({ segments: results.beside })
  const beside = { ...message, segments: results.beside.filter((one) => one !== group?.rf1) }
  const isRefused = isAnswer && isRefusal(message)
  if (group === null && (!isAnswer || isRefused)) message.leftOut.add('RF1')
  const visit = readVisitContext(beside, patient.key, context, false)
  const trigger = referralTriggers.get(triggerOf(message) ?? '')
  const word = isRefused ? trigger?.refused : isAnswer ? trigger?.answered : trigger?.asked
  return [
    draftEvent(patient.key, patient.pid, patient.details),
    ...(group === null
      ? []
      : referralEvents(group, { trigger: word ?? null, isAnswer }, patient.key, visit, context)),
    ...visit.drafts,
    ...readSeparateResults(results, message, patient.key, visit.encounterId, context),
  ]
}

const referralEvents = (
  group: ReferralGroup,
  { trigger, isAnswer }: { trigger: string | null; isAnswer: boolean },
  patientKey: string,
  { encounterId }: { encounterId: string | null },
  context: Context,
): Hl7DraftEvent[] => {
  const { rf1, providers, contacts, authorisations, notes } = group
  return readOrLeaveOut(
    () => [rf1, ...providers, ...contacts, ...authorisations, ...notes],
    () => {
      const referral = readReferral(rf1, patientKey, encounterId, context)
      if (referral === null) throw new IngestError('MISSING_FIELD', fieldPlace(rf1, 6))
      const written = readNotesWithDetails([notes], context)
      return [
        draftEvent(patientKey, rf1, {
          ...referral,
          ...partiesOf(referral, group, context),
          ...(isAnswer ? ofOriginator(referral) : {}),
          trigger,
          contacts: contacts.map(readContactPerson),
          authorisations: authorisations
            .map((aut) => readAuthorisation(aut, context))
            .filter((one) => one !== null),
          notes: [...referral.notes, ...written.notes],
          noteDetails: written.noteDetails,
        }),
      ]
    },
  )
}

/**
 * In an answer the number of the referral (RF1-6) is that of who referred, not of its sender;
 * without an assigning authority, of the organisation of the patient.
 */
const ofOriginator = ({
  placerNumber,
  placerAuthority,
}: RequestReported): Partial<Pick<RequestReported, 'requestId'>> =>
  placerNumber === null || placerAuthority !== null
    ? {}
    : { requestId: ownNumberKey(referralNumber(placerNumber)) }

/** From whom (PRD-1 RP) and to whom (RT); every provider with its role. */
const partiesOf = (
  referral: RequestReported,
  { providers }: ReferralGroup,
  context: Context,
): Pick<RequestReported, 'requesters' | 'organisation' | 'performer' | 'participants'> => {
  const parties = providers
    .map((prd) => readProvider(prd, context))
    .filter((party) => party !== null)
  const withRole = (code: string): Performer[] =>
    parties.filter(({ role }) => role?.code?.toUpperCase() === code)
  const [from, to] = [withRole('RP'), withRole('RT')]
  return {
    requesters: from.map(({ practitioner }) => practitioner).filter((one) => one !== null),
    organisation: from[0]?.organisation ?? null,
    performer: referral.performer ?? to[0]?.organisation ?? null,
    participants: [...parties, ...referral.participants],
  }
}
