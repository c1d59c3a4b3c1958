import type { Visit } from '@tideway/schemas/events.generated'
import { IngestError } from '../errors.ts'
import type { Context } from '../mapping.ts'
import { type Hl7Message, type Segment, segmentOf, text } from '../parse.ts'
import { readCoded } from '../values/ce.ts'
import { readIdentifier } from '../values/cx.ts'
import { readLocation } from '../values/pl.ts'
import { noTable, patientClasses, translate } from '../values/table.ts'
import { decisiveTime, optionalTime } from '../values/timestamp.ts'
import { readPractitioners } from '../values/xcn.ts'

/** Which of the visit's own times says when an event happened. */
export type VisitTime = 'admittedAt' | 'dischargedAt' | null

/** @throws IngestError MISSING_FIELD at PV1 */
export const requireVisitSegment = (message: Hl7Message): Segment => {
  const pv1 = segmentOf(message, 'PV1')
  if (pv1 === null) throw new IngestError('MISSING_FIELD', 'PV1')
  return pv1
}

/**
 * The visit as PV1 and PV2 describe it.
 *
 * @param decisive  the time of the visit that must be readable if it is sent
 * @throws IngestError INVALID_FIELD at that time
 */
export const readVisit = (pv1: Segment, context: Context, decisive: VisitTime = null): Visit => {
  const { message } = pv1
  const { source } = context
  const code = (field: number) => translate(source, `PV1-${field}`, text(pv1, field), noTable)
  const time = (field: number, name: VisitTime) => (decisive === name ? decisiveTime(pv1, field, context) : optionalTime(pv1, field, context))
  const pv2 = segmentOf(message, 'PV2')
  return {
    visitNumber: readIdentifier(pv1, 19, source),
    patientClass: translate(source, 'PV1-2', text(pv1, 2), patientClasses),
    location: readLocation(pv1, 3),
    priorLocation: readLocation(pv1, 6),
    temporaryLocation: readLocation(pv1, 11),
    pendingLocation: readLocation(pv1, 42),
    attending: readPractitioners(pv1, 7),
    referring: readPractitioners(pv1, 8),
    consulting: readPractitioners(pv1, 9),
    admitting: readPractitioners(pv1, 17),
    service: code(10),
    admissionType: code(4),
    admitSource: code(14),
    reason: pv2 === null ? null : readCoded(pv2, 3),
    dischargeDisposition: code(36),
    dischargedTo: code(37),
    admittedAt: time(44, 'admittedAt'),
    dischargedAt: time(45, 'dischargedAt'),
    account: readAccount(pv1, context),
  }
}

/** PID-18 or PV1-50, the account or spell. */
const readAccount = (pv1: Segment, { source }: Context): Visit['account'] => {
  const pid = segmentOf(pv1.message, 'PID')
  return (pid === null ? null : readIdentifier(pid, 18, source)) ?? readIdentifier(pv1, 50, source)
}
