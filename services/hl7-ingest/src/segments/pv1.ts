import { decisiveTime, optionalTime } from '../datatypes/time-field.ts'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  decoded,
  firstPart,
  firstRepetition,
  subcomponentsOf,
  text,
} from '@tideway/hl7v2/lexer/fields'
import { unsaid, type Visit } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import type { Context } from '../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodeWord } from '../datatypes/ce.ts'
import { readCodedList } from '../datatypes/coded-list.ts'
import { readIdentifier } from '../datatypes/cx.ts'
import { readLocation } from '../datatypes/pl.ts'
import { timeOf } from '@tideway/hl7v2/datatypes/period'
import { noTable, patientClasses, translate } from '../tables/translate.ts'
import { readPractitioners } from '../datatypes/xcn.ts'

/** The time of the visit, PV1-44 or PV1-45, that dates an event; null: neither. */
export type VisitTime = 'admittedAt' | 'dischargedAt' | null

/**
 * PV1, patient visit.
 *
 * @param decisive  the time of the visit that dates the event; if unreadable, the message counts as
 *   used in part
 * @see HL7 v2.5.1 chapter 3.4.3
 */
export const readPv1 = (pv1: Segment, context: Context, decisive: VisitTime): Visit => {
  const { source } = context
  const code = (field: number) => translated(text(pv1, field), field, source)
  const word = (field: number) => translated(readCodeWord(pv1, field), field, source)
  const time = (field: number, name: VisitTime) =>
    decisive === name ? decisiveTime(pv1, field, context) : optionalTime(pv1, field, context)
  return {
    ...unsaid.Visit(),
    visitNumber: readIdentifier(pv1, 19, source),
    patientClass: translate(source, 'PV1-2', text(pv1, 2), patientClasses),
    patientClassAsSent: text(pv1, 2),
    location: readLocation(pv1, 3),
    admissionType: word(4),
    preadmitNumber: readIdentifier(pv1, 5, source),
    priorLocation: readLocation(pv1, 6),
    attending: readPractitioners(pv1, 7),
    referring: readPractitioners(pv1, 8),
    consulting: readPractitioners(pv1, 9),
    service: word(10),
    temporaryLocation: readLocation(pv1, 11),
    readmission: text(pv1, 13),
    admitSource: word(14),
    ambulatoryStatuses: readCodedList(pv1, 15),
    vip: readCoded(pv1, 16),
    admitting: readPractitioners(pv1, 17),
    patientType: readCoded(pv1, 18),
    ...dischargeOf(pv1, code),
    diet: readCoded(pv1, 38),
    servicingFacility: text(pv1, 39),
    accountStatus: text(pv1, 41),
    pendingLocation: readLocation(pv1, 42),
    priorTemporaryLocation: readLocation(pv1, 43),
    admittedAt: time(44, 'admittedAt'),
    dischargedAt: time(45, 'dischargedAt'),
    alternateVisit: readIdentifier(pv1, 50, source),
    otherProviders: readPractitioners(pv1, 52),
    episode: readIdentifier(pv1, 54, source),
  }
}

/** By the source's own table for a field of PV1. */
const translated = (code: string | null, field: number, source: Source): string | null =>
  code === null ? null : translate(source, places[field] as string, code, noTable)

/** `PV1-4` of 4, made once. */
const places = Array.from({ length: 53 }, (_, field) => `PV1-${field}`)

/**
 * PV1-36, and PV1-37 (DLD: a coded location and effective date). HL7 v2.7 chapter 2A.3, CWE, and
 * 2A.24, DLD.
 */
const dischargeOf = (pv1: Segment, code: (field: number) => string | null) => {
  const { message } = pv1
  const [disposition, destination] = [firstOf(pv1, 36), firstOf(pv1, 37)]
  leaveUnread(pv1, 36, disposition, [1, 1])
  leaveUnread(pv1, 37, destination, [2, 1])
  return {
    dischargeDisposition: code(36),
    dischargeDispositionText: firstPart(message, disposition[1]),
    dischargedTo: code(37),
    dischargedToName: decoded(message, subcomponentsOf(message, destination[0])[1]),
    dischargedToOn: timeOf(message, destination[1]),
  }
}

const firstOf = (pv1: Segment, field: number): readonly string[] =>
  componentsOf(pv1.message, firstRepetition(pv1, field) ?? '')
