import { optionalTime } from '../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import type { Visit } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../datatypes/ce.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { readLocation } from '../datatypes/pl.ts'
import { readPractitioners } from '../datatypes/xcn.ts'
import { readOrganisation } from '../datatypes/xon.ts'

type OfPv2 = Pick<
  Visit,
  | 'priorPendingLocation'
  | 'accommodation'
  | 'reason'
  | 'transferReason'
  | 'expectedAdmitAt'
  | 'expectedDischargeAt'
  | 'estimatedDays'
  | 'actualDays'
  | 'description'
  | 'referralSources'
  | 'previousServiceAt'
  | 'publicity'
  | 'protected'
  | 'clinicOrganisation'
  | 'patientStatus'
  | 'priority'
  | 'expectedSurgeryAt'
  | 'modeOfArrival'
  | 'levelOfCare'
  | 'precautions'
  | 'patientCondition'
  | 'livingWill'
  | 'organDonor'
  | 'advanceDirectives'
  | 'expectedReturnAt'
>

/**
 * Additional visit details.
 *
 * @see HL7 v2.5.1 chapter 3.4.4, PV2
 */
export const readPv2 = (pv2: Segment, context: Context): OfPv2 => ({
  priorPendingLocation: readLocation(pv2, 1),
  accommodation: readCoded(pv2, 2),
  reason: readCoded(pv2, 3),
  transferReason: readCoded(pv2, 4),
  expectedAdmitAt: optionalTime(pv2, 8, context),
  expectedDischargeAt: optionalTime(pv2, 9, context),
  estimatedDays: text(pv2, 10),
  actualDays: text(pv2, 11),
  description: text(pv2, 12),
  referralSources: readPractitioners(pv2, 13),
  previousServiceAt: optionalTime(pv2, 14, context),
  publicity: readCoded(pv2, 21),
  protected: text(pv2, 22),
  clinicOrganisation: readOrganisation(pv2, 23),
  patientStatus: readCoded(pv2, 24),
  priority: readCoded(pv2, 25),
  expectedSurgeryAt: optionalTime(pv2, 33, context),
  modeOfArrival: readCoded(pv2, 38),
  levelOfCare: readCoded(pv2, 40),
  precautions: readCodedList(pv2, 41),
  patientCondition: readCoded(pv2, 42),
  livingWill: readCoded(pv2, 43),
  organDonor: readCoded(pv2, 44),
  advanceDirectives: readCodedList(pv2, 45),
  expectedReturnAt: optionalTime(pv2, 47, context),
})
