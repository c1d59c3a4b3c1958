import { preferredNumber, referralNumber } from '@tideway/record/keys/clinical-keys'
import { optionalTime } from '../datatypes/time-field.ts'
import { componentsOf, firstPart, firstRepetition, text } from '@tideway/hl7v2/lexer/fields'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import { type RequestReported, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodes } from '../datatypes/ce.ts'
import { numberIn, readEntityNumber } from '../datatypes/ei.ts'
import { readTexts } from '@tideway/hl7v2/datatypes/texts'
import { readPractitioners } from '../datatypes/xcn.ts'
import { readOrganisation } from '../datatypes/xon.ts'
import { codeKey, statementKey } from '../keys/business-key.ts'
import { readReferralStatus } from '@tideway/record/status/order-status'

/** RF1-5, a code and its text. */
const readSetting = (rf1: Segment): Pick<RequestReported, 'setting' | 'settingName'> => {
  const components = componentsOf(rf1.message, firstRepetition(rf1, 5) ?? '')
  leaveUnread(rf1, 5, components, [1, 1])
  return {
    setting: firstPart(rf1.message, components[0]),
    settingName: firstPart(rf1.message, components[1]),
  }
}

/**
 * A referral, as a request. Null if neither a number, a type nor a reason identifies it. Not used:
 * disposition (4), documentation completeness (12), planned end (13), payer authorisation (15 to
 * 18), and informants (21 to 23).
 *
 * @see HL7 v2.8 chapter 11.8.1, RF1
 */
export const readReferral = (
  rf1: Segment,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): RequestReported | null => {
  const placer = readEntityNumber(rf1, 6)
  const filler = readEntityNumber(rf1, 11)
  const service = readCoded(rf1, 3)
  const reasons = readCodes(rf1, 10)
  const requestedAt = optionalTime(rf1, 9, context)
  const number = preferredNumber('order', {
    placer: numberIn(placer),
    filler: numberIn(filler),
  })
  const name = codeKey(service) || codeKey(reasons[0] ?? null)
  if (number === null && name === '') return null
  const referralStatus = readCoded(rf1, 1)
  return {
    ...unsaid.RequestReported(),
    requestId: statementKey(
      patientKey,
      context,
      number === null ? null : { ...number, number: referralNumber(number.number) },
      ['referral', name, requestedAt],
    ),
    placerNumber: placer.number,
    placerAuthority: placer.authority,
    fillerNumber: filler.number,
    fillerAuthority: filler.authority,
    category: 'REFERRAL',
    service,
    action: text(rf1, 25),
    referralStatus,
    ...readReferralStatus(referralStatus?.code ?? null, 'HL70283'),
    priority: text(rf1, 2),
    ...readSetting(rf1),
    effectiveAt: optionalTime(rf1, 7, context),
    effectiveUntil: optionalTime(rf1, 8, context),
    requestedAt,
    reasons,
    clinicalInformation: text(rf1, 14),
    performer: readOrganisation(rf1, 19),
    participants: readPractitioners(rf1, 20).map((practitioner) => ({
      ...unsaid.Performer(),
      practitioner,
      role: { ...unsaid.Coded(), text: 'REFERRED TO' },
    })),
    notes: readTexts(rf1, 24),
    encounterId,
  }
}
