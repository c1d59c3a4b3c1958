import { optionalTime } from '../../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import type { RequestReported } from '@tideway/schemas/events.generated'
import type { Context } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodes } from '../../datatypes/ce.ts'
import { categoryOf, modalityOf } from '../../tables/diagnostic-section.ts'
import { readNumberPair } from '@tideway/hl7v2/datatypes/eip'
import { readCodedList } from '../../datatypes/coded-list.ts'
import { readTexts } from '@tideway/hl7v2/datatypes/texts'
import { readAmount } from '../../datatypes/quantity.ts'
import { readLines } from '../../datatypes/words.ts'
import { readPractitioners } from '../../datatypes/xcn.ts'
import { readTelecoms } from '../../datatypes/xtn.ts'

/** Fields of a request from its detail segment (OBR, RQD or ODS). */
export type RequestDetail = Partial<RequestReported>

/**
 * OBR of a request. OBR-25 counts as in `readOrderStatus`; the other fields of its
 * result (22, 26, 32 to 35) are not used.
 *
 * @see HL7 v2.5.1 chapter 4.5.3
 */
const readObr = (obr: Segment, context: Context): RequestDetail => {
  const section = text(obr, 24)
  const parent = readNumberPair(obr, 29)
  return {
    service: readCoded(obr, 4),
    category: categoryOf(section, context.source),
    modality: modalityOf(section),
    requestedAt: optionalTime(obr, 6, context),
    collectedAt: optionalTime(obr, 7, context),
    actionCode: text(obr, 11),
    danger: readLines(obr, 12),
    clinicalInformation: readLines(obr, 13),
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
 * BPO of a request for blood products. Not used: locations and addresses (8, 9, 11, 12).
 *
 * @see HL7 v2.5.1 chapter 4.18.1
 */
const readBpo = (bpo: Segment, context: Context): RequestDetail => ({
  service: readCoded(bpo, 2),
  category: 'BLOOD_PRODUCT',
  supplementalServices: readCodes(bpo, 3),
  quantity: text(bpo, 4),
  amount: readAmount(bpo, 5, 6),
  neededAt: optionalTime(bpo, 7, context),
  scheduledAt: optionalTime(bpo, 10, context),
  reasons: readCodes(bpo, 13),
  consent: text(bpo, 14),
})

/** Whether a segment is the detail of a request; another, such as of a medicine, stays unread. */
export const isRequest = ({ name }: Segment): boolean => requested.has(name)
const requested: ReadonlySet<string> = new Set(['OBR', 'RQD', 'ODS', 'BPO'])

/**
 * The detail of a request, for a service (OBR), blood products (BPO), a diet (ODS) or supplies
 * (RQD).
 *
 * @see HL7 v2.5.1 chapters 4.5.3, 4.8.1, 4.11.1 and 4.18.1
 */
export const readRequestDetail = (segment: Segment, context: Context): RequestDetail => {
  if (!isRequest(segment)) return {}
  if (segment.name === 'OBR') return readObr(segment, context)
  if (segment.name === 'BPO') return readBpo(segment, context)
  if (segment.name === 'ODS')
    return {
      service: readCoded(segment, 3),
      category: 'DIET',
      clinicalInformation: readTexts(segment, 4).join('\n') || null,
    }
  return {
    service: readCoded(segment, 3) ?? readCoded(segment, 2) ?? readCoded(segment, 4),
    amount: readAmount(segment, 5, 6),
    scheduledAt: optionalTime(segment, 10, context),
  }
}
