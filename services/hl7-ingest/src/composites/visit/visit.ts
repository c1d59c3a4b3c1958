import type { Visit } from '@tideway/schemas/events.generated'
import type { Context } from '../../normalise/mapping.ts'
import { type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../../datatypes/ce.ts'
import { readIdentifier } from '../../datatypes/cx.ts'
import { optionalTime } from '../../datatypes/time-field.ts'
import { readAccident } from '../../segments/acc.ts'
import { readPv2 } from '../../segments/pv2.ts'
import { readPv1, type VisitTime } from '../../segments/pv1.ts'

/**
 * The visit of a message, from PV1, PV2, ACC, DRG and the account in PID-18.
 *
 * @param decisive  the time of the visit that must be valid if sent
 * @throws IngestError INVALID_FIELD at that time
 */
export const readVisit = (pv1: Segment, context: Context, decisive: VisitTime = null): Visit => {
  const pv2 = segmentOf(pv1.message, 'PV2')
  const acc = segmentOf(pv1.message, 'ACC')
  return {
    ...readPv1(pv1, context, decisive),
    account: readAccount(pv1, context),
    accident: acc === null ? null : readAccident(acc, context),
    ...(pv2 === null ? {} : readPv2(pv2, context)),
    ...readDiagnosisGroup(pv1.message, context),
  }
}

/**
 * DRG-1 and 2: the group that the stay is paid by, a summary of its diagnoses and procedures.
 *
 * @see HL7 v2.5.1 chapter 6.5.3, DRG
 */
const readDiagnosisGroup = (
  message: Hl7Message,
  context: Context,
): Partial<Pick<Visit, 'diagnosisGroup' | 'diagnosisGroupAt'>> => {
  const drg = segmentOf(message, 'DRG')
  if (drg === null) return {}
  const diagnosisGroup = readCoded(drg, 1)
  return diagnosisGroup === null
    ? {}
    : { diagnosisGroup, diagnosisGroupAt: optionalTime(drg, 2, context) }
}

/** PID-18 or PV1-50, the account or spell. */
const readAccount = (pv1: Segment, { source }: Context): Visit['account'] => {
  const pid = segmentOf(pv1.message, 'PID')
  return (pid === null ? null : readIdentifier(pid, 18, source)) ?? readIdentifier(pv1, 50, source)
}
