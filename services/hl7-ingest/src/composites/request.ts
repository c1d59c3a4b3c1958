import {
  type Practitioner,
  type RequestReported,
  type Specimen,
  type Timing,
  unsaid,
} from '@tideway/schemas/events.generated'
import { type Context, type Happening, happened } from '../normalise/mapping.ts'
import {
  componentsOf,
  decoded,
  markUnusable,
  raw,
  type Segment,
  text,
} from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodes } from '../datatypes/ce.ts'
import { readNumberAlone } from '../datatypes/ei.ts'
import { categoryOf, modalityOf } from '../datatypes/diagnostic-section.ts'
import { readNumberPair } from '@tideway/hl7v2/datatypes/eip'
import { readCodedList } from '../datatypes/coded-list.ts'
import { readTexts } from '@tideway/hl7v2/datatypes/texts'
import { optionalTime } from '../datatypes/timestamp.ts'
import { readTimings } from '../datatypes/tq.ts'
import { readPractitioners } from '../datatypes/xcn.ts'
import { readTelecoms } from '../datatypes/xtn.ts'
import { readBelow, readContacts } from '../groups/order-notes.ts'
import { readImaging } from '../segments/ipc.ts'
import { type ReadObservation, readObservations } from '../segments/obx.ts'
import type { OrderPart } from '../groups/order-groups.ts'
import { numbersOf } from './order.ts'
import type { OrderOf } from './order-of.ts'
import { readOrderedSpecimen, readSpecimens } from '../segments/spm.ts'
import { readTq1 } from '../segments/tq1.ts'
import { readRequestStatus } from '@tideway/record/status/order-status'

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
    section,
    placerFields: [18, 19, 21].flatMap((field) => readTexts(obr, field)),
    supplementalServices: [...readCodedList(obr, 46), ...readCodedList(obr, 47)],
  }
}

/**
 * Supplies (RQD) and diets (ODS) are requests that name their service in fields of their own. HL7
 * v2.5.1 chapters 4.11.1 and 4.8.1.
 */
const readDetail = (segment: Segment, context: Context): Asked => {
  if (segment.name === 'OBR') return readObr(segment, context)
  if (segment.name === 'ODS') return { service: readCoded(segment, 3), category: 'DIET' }
  return {
    service: readCoded(segment, 3) ?? readCoded(segment, 2) ?? readCoded(segment, 4),
    scheduledAt: optionalTime(segment, 10, context),
  }
}

/** TQ1, else ORC-7, else OBR-27; what says the same again, or something else, is not read twice. */
const timingsOf = (
  part: OrderPart | null,
  { group, order }: OrderOf,
  context: Context,
): Timing[] => {
  const ofTq1 = readTq1([...(part?.timings ?? []), ...(group.orc?.timings ?? [])], context)
  if (ofTq1.length > 0) return ofTq1
  return order.timings.length > 0 || part?.segment.name !== 'OBR'
    ? order.timings
    : readTimings(part.segment, 27, context)
}

/**
 * Who asked: ORC-12, and whoever else OBR-16 names. What OBR-16 says of the same person in other
 * words is listed as unused.
 */
const requestersOf = (part: OrderPart | null, { group, order }: OrderOf): Practitioner[] => {
  if (part?.segment.name !== 'OBR') return order.orderers
  const named = readPractitioners(part.segment, 16)
  const others = named.filter(
    (one) =>
      !order.orderers.some(
        (known) => known.identifier === one.identifier && known.family === one.family,
      ),
  )
  if (others.length < named.length && part.segment.fields[16] !== group.orc?.segment.fields[12])
    markUnusable(part.segment, 16)
  return [...order.orderers, ...others]
}

/** Specimens of the OBR (OBR-15), those after it, and those the order is made of. */
const specimensOf = (part: OrderPart | null, { group }: OrderOf, context: Context): Specimen[] => {
  if (part?.segment.name !== 'OBR') return []
  const { segment: obr, specimens, containers } = part
  const collectors = readPractitioners(obr, 10)
  const taken = {
    collectors,
    collectedAt: optionalTime(obr, 7, context),
    collectedUntil: optionalTime(obr, 8, context),
    receivedAt: optionalTime(obr, 14, context),
  }
  const leading = group.leading?.specimens ?? []
  const read = readSpecimens(
    {
      obr,
      specimens: [...leading, ...specimens],
      about: [...(group.leading?.containers ?? []), ...containers],
    },
    taken,
    context,
  )
  if (read.length === 0)
    for (const field of [8, 10, 14]) if (raw(obr, field) !== '') markUnusable(obr, field)
  return read
}

/**
 * Numbers of the OBR that are not the ORC's, an alternate one (OBR-53), and a parent (OBR-29) that
 * is not the ORC's.
 */
const otherNumbersOf = (part: OrderPart | null, { order }: OrderOf): string[] => {
  if (part?.segment.name !== 'OBR') return []
  const { segment: obr } = part
  const parent = readNumberPair(obr, 29)
  const numbers = [
    numberBeside(order.placer.number, obr, 2),
    numberBeside(order.filler.number, obr, 3),
    readNumberAlone(obr, 53),
  ]
  if (order.parentPlacerNumber !== null && parent.placer !== order.parentPlacerNumber)
    numbers.push(parent.placer)
  if (order.parentFillerNumber !== null && parent.filler !== order.parentFillerNumber)
    numbers.push(parent.filler)
  return [...new Set(numbers.filter((number) => number !== null))]
}

/** Looked at first: one that is the order's own has been used, with who gave it. */
const numberBeside = (known: string | null, obr: Segment, field: number): string | null =>
  decoded(obr.message, componentsOf(obr.message, obr.fields[field] ?? '')[0]) === known
    ? null
    : other(readNumberAlone(obr, field), known)

const other = (number: string | null, known: string | null): string | null =>
  number === known ? null : number

/** OBR-6, where it was not what says when it was asked for (ORC-9). */
const neededAtOf = (askedAt: string | null, inObr: string | null): string | null =>
  askedAt === null || askedAt === inObr ? null : inObr

const orderedSpecimenOf = (part: OrderPart | null, { group }: OrderOf): Specimen | null =>
  part?.segment.name === 'OBR'
    ? readOrderedSpecimen(part.segment, [...(group.leading?.specimens ?? []), ...part.specimens])
    : null

/** A request, or a change of its state: ORC with OBR, RQD or ODS and what stands below. */
export const requestOf = (of: OrderOf, context: Context): Happening => {
  const { group, order, patientKey } = of
  const [part = null] = group.details
  const fields: Asked = part === null ? {} : readDetail(part.segment, context)
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
    ...imagingOf(
      parts.flatMap(({ imaging }) => imaging),
      fields,
    ),
    ...ofOrder(of),
    parentPlacerNumber: order.parentPlacerNumber ?? fields.parentPlacerNumber ?? null,
    parentFillerNumber: order.parentFillerNumber ?? fields.parentFillerNumber ?? null,
    priority:
      timings.find(({ priority }) => priority !== null)?.priority ??
      (part?.segment.name === 'OBR' ? text(part.segment, 5) : null),
    requestedAt: order.transactionAt ?? fields.requestedAt ?? null,
    neededAt: neededAtOf(order.transactionAt, fields.requestedAt ?? null),
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
    contacts: readContacts(parts),
    answers: read.map(({ observation }) => observation),
    ...readBelow(parts, context),
  }
  return happened(patientKey, (part ?? group.orc)?.segment as Segment, body, bytesOf(read))
}

/**
 * What ORC says goes before what OBR says: where they differ, OBR's is listed as unused; OBR-6 then
 * says when it is needed.
 */
const leaveContradicted = (obr: Segment, order: OrderOf['order'], said: Asked): void => {
  const differs = (first: string | null, second: string | null | undefined) =>
    first !== null && second !== null && second !== undefined && first !== second
  if (
    differs(order.parentPlacerNumber, said.parentPlacerNumber) ||
    differs(order.parentFillerNumber, said.parentFillerNumber)
  )
    markUnusable(obr, 29)
}

const bytesOf = (read: readonly ReadObservation[]) =>
  read.map(({ bytes }) => bytes).filter((bytes) => bytes !== null)

/** IPC and ZDS, else what the OBR says. */
const imagingOf = (
  about: readonly Segment[],
  fields: Partial<RequestReported>,
): Pick<RequestReported, 'accessionNumber' | 'studyUid' | 'modality' | 'protocol'> => {
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
  ...numbersOf(order),
  groupNumber: order.groupNumber,
  control: order.control,
  ...readRequestStatus(order.status, 'HL70038'),
  controlReason: order.controlReason,
  effectiveAt: order.effectiveAt,
  enteredBy: order.enteredBy,
  verifiers: order.verifiers,
  actionBy: order.actionBy,
  organisation: order.organisation,
  setting: order.setting,
  settingName: order.settingName,
  location,
  encounterId,
})
