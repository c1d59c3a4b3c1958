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
import { readPractitioners } from '../../datatypes/xcn.ts'
import { readTelecoms } from '../../datatypes/xtn.ts'

/** Fields of a request from its detail segment (OBR, RQD or ODS). */
export type RequestDetail = Partial<RequestReported>

/**
 * OBR of a request. Fields of its result (22, 25, 26, 32 to 35) are not used.
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
 * The detail of a request, for a service (OBR), a diet (ODS) or supplies (RQD).
 *
 * @see HL7 v2.5.1 chapters 4.5.3, 4.8.1 and 4.11.1
 */
export const readRequestDetail = (segment: Segment, context: Context): RequestDetail => {
  if (segment.name === 'OBR') return readObr(segment, context)
  if (segment.name === 'ODS') return { service: readCoded(segment, 3), category: 'DIET' }
  return {
    service: readCoded(segment, 3) ?? readCoded(segment, 2) ?? readCoded(segment, 4),
    scheduledAt: optionalTime(segment, 10, context),
  }
}
