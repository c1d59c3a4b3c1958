import type { ReadObservation } from '../../segments/obx.ts'
import { decoded, leaveFields, markUnusable, text } from '@tideway/hl7v2/lexer/fields'
import { leavePart, leaveSegment } from '@tideway/hl7v2/lexer/unused-parts'
import {
  type Coded,
  type Practitioner,
  type RequestReported,
  type Timing,
  unsaid,
} from '@tideway/schemas/events.generated'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../../datatypes/ce.ts'
import { readTimings } from '../../datatypes/tq.ts'
import { readOrderNotes, readContacts } from './order-notes.ts'
import { readImaging } from '../results/imaging.ts'
import { readObservations } from '../results/observations.ts'
import type { OrderPart } from '../../groups/order-groups.ts'
import { numbersOf } from './order.ts'
import { readOrderStatus } from '@tideway/record/status/order-progress'
import { responseOf } from '../../segments/msa.ts'
import type { KeyedOrder } from './order-of.ts'
import { orderedSpecimenOf, specimensOf } from './request-specimens.ts'
import { withOthers } from '../../datatypes/other-practitioners.ts'
import { readTq1 } from '../../segments/tq1.ts'
import { type RequestDetail, readRequestDetail } from './request-detail.ts'
import { otherNumbersOf } from './request-numbers.ts'

/** TQ1, else ORC-7, else OBR-27; the others, and all but the first, are listed as unused. */
const timingsOf = (
  part: OrderPart | null,
  { group, order }: KeyedOrder,
  context: Context,
): Timing[] => {
  const segments = [...(part?.timings ?? []), ...(group.orc?.timings ?? [])]
  const ofTq1 = readTq1(segments, context)
  for (const later of segments.slice(1)) leaveSegment(later)
  if (ofTq1.length > 0) return ofTq1
  const orc = group.orc?.segment
  if (orc !== undefined && order.timings.length > 1) leavePart(orc, '7~')
  if (order.timings.length > 0 || part?.segment.name !== 'OBR') return order.timings
  const ofObr = readTimings(part.segment, 27, context)
  if (ofObr.length > 1) leavePart(part.segment, '27~')
  return ofObr
}

/** ORC-12, and anyone else in OBR-16. */
const requestersOf = (part: OrderPart | null, { group, order }: KeyedOrder): Practitioner[] =>
  part?.segment.name === 'OBR'
    ? withOthers(order.orderers, part.segment, 16, group.orc?.segment.fields[12])
    : order.orderers

/** OBR-6, unless it was used as the time of the request (ORC-9). */
const neededAtOf = (askedAt: string | null, inObr: string | null): string | null =>
  askedAt === null || askedAt === inObr ? null : inObr

/** A request, or a change of its status: ORC with OBR, RQD or ODS and the segments below. */
export const requestEvent = (of: KeyedOrder, context: Context): Hl7DraftEvent => {
  const { group, order, patientKey } = of
  const [part = null] = group.details
  const fields: RequestDetail = part === null ? {} : readRequestDetail(part.segment, context)
  const timings = timingsOf(part, of, context)
  const parts = [group.orc, part].filter((one) => one !== null)
  const read = readObservations(
    [...group.observations, ...parts.flatMap(({ observations }) => observations)],
    context,
  )
  const specimens = specimensOf(part, of, context)
  if (part !== null) leaveContradicted(part.segment, order, fields)
  const body: RequestReported = {
    ...unsaid.RequestReported(),
    ...fields,
    ...imagingOf(parts, fields),
    ...ofOrder(of),
    ...responseOf(of.response),
    ...statusOf(part, of),
    parentPlacerNumber: order.parentPlacerNumber ?? fields.parentPlacerNumber ?? null,
    parentFillerNumber: order.parentFillerNumber ?? fields.parentFillerNumber ?? null,
    priority:
      timings.find(({ priority }) => priority !== null)?.priority ??
      (part?.segment.name === 'OBR' ? text(part.segment, 5) : null),
    requestedAt: order.transactionAt ?? fields.requestedAt ?? null,
    neededAt: fields.neededAt ?? neededAtOf(order.transactionAt, fields.requestedAt ?? null),
    otherNumbers: otherNumbersOf(part, of),
    scheduledAt:
      fields.scheduledAt ?? timings.find(({ startAt }) => startAt !== null)?.startAt ?? null,
    timing: timings[0] ?? null,
    requesters: requestersOf(part, of),
    callback: [...order.callback, ...(fields.callback ?? [])],
    specimens,
    orderedSpecimen: orderedSpecimenOf(part, of),
    bodySites: specimens.map(({ site }) => site).filter((site) => site !== null),
    diagnoses: parts
      .flatMap(({ diagnoses }) => diagnoses)
      .map((dg1) => readCoded(dg1, 3))
      .filter((one) => one !== null),
    supplementalServices: [...(fields.supplementalServices ?? []), ...furtherServices(of)],
    contacts: readContacts(parts),
    answers: read.map(({ observation }) => observation),
    ...readOrderNotes(parts, context),
  }
  return draftEvent(patientKey, (part ?? group.orc)?.segment as Segment, body, bytesOf(read))
}

/**
 * ORC takes precedence over OBR: fields of OBR that differ are listed as unused, and OBR-6 is then
 * the time the service is needed.
 */
const leaveContradicted = (
  obr: Segment,
  order: KeyedOrder['order'],
  detail: RequestDetail,
): void => {
  const differs = (first: string | null, second: string | null | undefined) =>
    first !== null && second !== null && second !== undefined && first !== second
  if (
    differs(order.parentPlacerNumber, detail.parentPlacerNumber) ||
    differs(order.parentFillerNumber, detail.parentFillerNumber)
  )
    markUnusable(obr, 29)
}

const bytesOf = (read: readonly ReadObservation[]) =>
  read.map(({ bytes }) => bytes).filter((bytes) => bytes !== null)

/** IPC and ZDS, else the OBR. */
const imagingOf = (
  parts: readonly OrderPart[],
  fields: Partial<RequestReported>,
): Pick<RequestReported, 'accessionNumber' | 'studyUid' | 'modality' | 'protocol'> => {
  const about = parts.flatMap(({ imaging }) => imaging)
  const { accessionNumber, studyUid, modality } = readImaging(about)
  const inObr = fields.accessionNumber ?? null
  if (inObr !== null && accessionNumber !== null && accessionNumber !== inObr)
    for (const { segment } of parts) if (segment.name === 'OBR') leaveFields(segment, [20])
  const ipc = about.find(({ name }) => name === 'IPC')
  return {
    accessionNumber: accessionNumber ?? fields.accessionNumber ?? null,
    studyUid,
    modality: modality ?? fields.modality ?? null,
    protocol: ipc === undefined ? null : readCoded(ipc, 6),
  }
}

/** Status: ORC-5, else OBR-25, which is listed as unused where it does not count. */
const statusOf = (part: OrderPart | null, { order }: KeyedOrder) => {
  const obr = part?.segment.name === 'OBR' ? part.segment : null
  const { usesResult, ...status } = readOrderStatus(
    order.status,
    obr === null ? null : decoded(obr.message, obr.fields[25]),
  )
  if (usesResult && obr !== null) text(obr, 25)
  return status
}

/** Further services of a diet (ODS), which has one segment for each. */
const furtherServices = ({ group: { details } }: KeyedOrder): Coded[] =>
  details
    .slice(1)
    .filter(({ segment }) => segment.name === 'ODS')
    .map(({ segment }) => readCoded(segment, 3))
    .filter((one) => one !== null)

/** Fields of a request that come from its ORC. */
const ofOrder = ({ order, key, encounterId, location }: KeyedOrder) => ({
  requestId: key,
  ...numbersOf(order),
  groupNumber: order.groupNumber,
  control: order.control,
  controlReason: order.controlReason,
  effectiveAt: order.effectiveAt,
  enteredBy: order.enteredBy,
  verifiers: order.verifiers,
  actionBy: order.actionBy,
  organisation: order.organisation,
  setting: order.setting,
  settingName: order.settingName,
  location: location(),
  encounterId,
})
