import { type Practitioner, type RequestReported, type Specimen, type Timing, unsaid } from '@tideway/schemas/events.generated'
import { type Context, type Happening, happened } from '../mapping.ts'
import { markUnusable, raw, type Segment, text } from '../parse.ts'
import { readCoded, readCodes } from '../values/ce.ts'
import { categoryOf, modalityOf } from '../values/diagnostic-section.ts'
import { readNumberPair } from '../values/eip.ts'
import { optionalTime } from '../values/timestamp.ts'
import { readTimings } from '../values/tq.ts'
import { readPractitioners } from '../values/xcn.ts'
import { readTelecoms } from '../values/xtn.ts'
import { readImaging } from './ipc.ts'
import { readNotes } from './nte.ts'
import { type ReadObservation, readObservations } from './obx.ts'
import type { OrderPart } from './order-groups.ts'
import type { OrderOf } from './order-of.ts'
import { readSpecimens } from './spm.ts'
import { readTq1 } from './tq1.ts'

/** What a detail segment says of a request, each in its own fields. */
type Asked = Partial<RequestReported>

/**
 * OBR of a request. What belongs to its result (22, 25, 26, 32 to 35) is not used here.
 *
 * @see HL7 v2.5.1 chapter 4.5.3
 */
const readObr = (obr: Segment, context: Context): Asked => {
  const section = text(obr, 24)
  const parent = readNumberPair(obr, 29)
  return {
    service: readCoded(obr, 4),
    category: categoryOf(section, context.source),
    modality: modalityOf(section),
    requestedAt: optionalTime(obr, 6, context),
    collectedAt: optionalTime(obr, 7, context),
    actionCode: text(obr, 11),
    danger: text(obr, 12),
    clinicalInformation: text(obr, 13),
    callback: readTelecoms(obr, 17),
    accessionNumber: text(obr, 20),
    copyTo: readPractitioners(obr, 28),
    parentPlacerNumber: parent.placer,
    parentFillerNumber: parent.filler,
    transport: text(obr, 30),
    reasons: readCodes(obr, 31),
    scheduledAt: optionalTime(obr, 36, context),
  }
}

/** Supplies (RQD) and diets (ODS) are requests that name their service in fields of their own. HL7 v2.5.1 chapters 4.11.1 and 4.8.1. */
const readDetail = (segment: Segment, context: Context): Asked => {
  if (segment.name === 'OBR') return readObr(segment, context)
  if (segment.name === 'ODS') return { service: readCoded(segment, 3), category: 'DIET' }
  return { service: readCoded(segment, 3) ?? readCoded(segment, 2) ?? readCoded(segment, 4), scheduledAt: optionalTime(segment, 10, context) }
}

/** TQ1, else ORC-7, else OBR-27; what says the same again, or something else, is not read twice. */
const timingsOf = (part: OrderPart | null, { group, order }: OrderOf, context: Context): Timing[] => {
  const ofTq1 = readTq1([...(part?.timings ?? []), ...(group.orc?.timings ?? [])], context)
  if (ofTq1.length > 0) return ofTq1
  return order.timings.length > 0 || part?.segment.name !== 'OBR' ? order.timings : readTimings(part.segment, 27, context)
}

/** Who asked: ORC-12, and whoever else OBR-16 names. What OBR-16 says of the same person in other words is listed as unused. */
const requestersOf = (part: OrderPart | null, { group, order }: OrderOf): Practitioner[] => {
  if (part?.segment.name !== 'OBR') return order.orderers
  const named = readPractitioners(part.segment, 16)
  const others = named.filter((one) => !order.orderers.some((known) => known.identifier === one.identifier && known.family === one.family))
  if (others.length < named.length && part.segment.fields[16] !== group.orc?.segment.fields[12]) markUnusable(part.segment, 16)
  return [...order.orderers, ...others]
}

/** Specimens of the OBR (OBR-15), those after it, and those the order is made of. */
const specimensOf = (part: OrderPart | null, { group }: OrderOf, context: Context): Specimen[] => {
  if (part?.segment.name !== 'OBR') return []
  const { segment: obr, specimens, containers } = part
  const collectors = readPractitioners(obr, 10)
  const taken = { collectors, collectedAt: optionalTime(obr, 7, context), collectedUntil: optionalTime(obr, 8, context), receivedAt: optionalTime(obr, 14, context) }
  const leading = group.leading?.specimens ?? []
  const read = readSpecimens({ obr, specimens: [...leading, ...specimens], about: [...(group.leading?.containers ?? []), ...containers] }, taken, context)
  if (read.length === 0) for (const field of [8, 10, 14]) if (raw(obr, field) !== '') markUnusable(obr, field)
  return read
}

/** A request, or a change of its state: ORC with OBR, RQD or ODS and what stands below. */
export const requestOf = (of: OrderOf, context: Context): Happening => {
  const { group, order, patientKey } = of
  const [part = null] = group.details
  const fields: Asked = part === null ? {} : readDetail(part.segment, context)
  const timings = timingsOf(part, of, context)
  const parts = [group.orc, part].filter((one) => one !== null)
  const read = readObservations([...group.observations, ...parts.flatMap(({ observations }) => observations)], context)
  const specimens = specimensOf(part, of, context)
  const body: RequestReported = {
    ...unsaid.RequestReported(),
    ...fields,
    ...imagingOf(parts.flatMap(({ imaging }) => imaging), fields),
    ...ofOrder(of),
    parentPlacerNumber: order.parentPlacerNumber ?? fields.parentPlacerNumber ?? null,
    parentFillerNumber: order.parentFillerNumber ?? fields.parentFillerNumber ?? null,
    priority: timings.find(({ priority }) => priority !== null)?.priority ?? (part?.segment.name === 'OBR' ? text(part.segment, 5) : null),
    requestedAt: order.transactionAt ?? fields.requestedAt ?? null,
    scheduledAt: fields.scheduledAt ?? timings.find(({ startAt }) => startAt !== null)?.startAt ?? null,
    timing: timings[0] ?? null,
    requesters: requestersOf(part, of),
    callback: [...order.callback, ...(fields.callback ?? [])],
    specimens,
    bodySites: specimens.map(({ site }) => site).filter((site) => site !== null),
    diagnoses: parts.flatMap(({ diagnoses }) => diagnoses).map((dg1) => readCoded(dg1, 3)).filter((one) => one !== null),
    answers: read.map(({ observation }) => observation),
    notes: parts.flatMap(({ notes }) => readNotes(notes)),
  }
  return happened(patientKey, (part ?? group.orc)?.segment as Segment, body, bytesOf(read))
}

const bytesOf = (read: readonly ReadObservation[]) => read.map(({ bytes }) => bytes).filter((bytes) => bytes !== null)

/** IPC and ZDS, else what the OBR says. */
const imagingOf = (about: readonly Segment[], fields: Partial<RequestReported>): Pick<RequestReported, 'accessionNumber' | 'studyUid' | 'modality' | 'protocol'> => {
  const { accessionNumber, studyUid, modality } = readImaging(about)
  const ipc = about.find(({ name }) => name === 'IPC')
  return {
    accessionNumber: accessionNumber ?? fields.accessionNumber ?? null,
    studyUid,
    modality: modality ?? fields.modality ?? null,
    protocol: ipc === undefined ? null : readCoded(ipc, 6),
  }
}

/** What a request takes from its ORC. */
const ofOrder = ({ order, key, encounterId, location }: OrderOf) => ({
  requestId: key,
  placerNumber: order.placer.number,
  placerAuthority: order.placer.authority,
  fillerNumber: order.filler.number,
  fillerAuthority: order.filler.authority,
  groupNumber: order.groupNumber,
  control: order.control,
  statusAsSent: order.status,
  controlReason: order.controlReason,
  effectiveAt: order.effectiveAt,
  enteredBy: order.enteredBy,
  verifiers: order.verifiers,
  actionBy: order.actionBy,
  organisation: order.organisation,
  setting: order.setting,
  location,
  encounterId,
})
