import type { Visit } from '@tideway/schemas/events.generated'
import type { Context } from '../../normalise/mapping.ts'
import { type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { readIdentifier } from '../../datatypes/cx.ts'
import { readAccident } from '../../segments/acc.ts'
import { readPv2 } from '../../segments/pv2.ts'
import { readPv1, type VisitTime } from '../../segments/pv1.ts'

/**
 * The visit of a message, from PV1, PV2, ACC and the account in PID-18.
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
  }
}

/** PID-18 or PV1-50, the account or spell. */
const readAccount = (pv1: Segment, { source }: Context): Visit['account'] => {
  const pid = segmentOf(pv1.message, 'PID')
  return (pid === null ? null : readIdentifier(pid, 18, source)) ?? readIdentifier(pv1, 50, source)
}
