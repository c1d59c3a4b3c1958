import { optionalTime } from '../../datatypes/time-field.ts'
import { componentsOf, decoded, firstPart, repetitions, text } from '@tideway/hl7v2/lexer/fields'
import {
  type Coded,
  type ImmunizationReported,
  type Observation,
  type Performer,
  unsaid,
} from '@tideway/schemas/events.generated'
import { readCompletionStatus } from '@tideway/record/status/completion-status'
import type { Context } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import { readCoded } from '../../datatypes/ce.ts'
import { readCodedList } from '../../datatypes/coded-list.ts'
import { organisationIn, placeIn } from './vaccine-place.ts'
import { notGivenByOrder } from './vaccine-order.ts'
import { readGivenAmount } from '../../datatypes/given-amount.ts'
import { readLocation } from '../../datatypes/pl.ts'
import { readAddress } from '../../datatypes/xad.ts'
import { readPractitioners } from '../../datatypes/xcn.ts'
import type { ImmunizationSegments } from '../../groups/immunization-groups.ts'
import { readNotesWithDetails } from '../../segments/nte.ts'
import { readParticipants } from '../../segments/prt.ts'
import { readTq1 } from '../../segments/tq1.ts'

/** A vaccine as read from one RXA, without its key and visit. */
export type ReadVaccine = Omit<ImmunizationReported, 'immunizationId' | 'encounterId' | 'code'> & {
  code: Coded | null
}

/** LOINC codes of observations about the dose itself. */
const doseNumber = '30973-2'
const seriesDoses = '59782-3'
const fundingSource = '30963-3'
const eligibility = '64994-7'

const completionOf = (rxa: Segment, orc: Segment | null) => {
  const sent = text(rxa, 20)
  const byOrder = sent === null && orc !== null ? notGivenByOrder(orc) : null
  return byOrder ?? readCompletionStatus(sent, 'HL70322')
}

/**
 * A vaccine as RXA, its ORC, route and observations describe it.
 *
 * @see HL7 v2.5.1 chapter 4.14.7; Implementation Guide for Immunization Messaging 1.5
 */
export const readVaccine = (
  { orc, rxa, routes, timings, participants, notes }: ImmunizationSegments,
  numbers: Pick<ReadVaccine, 'placerNumber' | 'fillerNumber'>,
  observations: readonly Observation[],
  context: Context,
): ReadVaccine => {
  const observed = (loinc: string) => observations.find(({ code }) => isCode(code, loinc)) ?? null
  const [information, ...remarks] = codesIn(rxa, 9)
  for (const one of repetitions(rxa, 9).slice(1)) leaveRemark(rxa, one)
  const route = routes[0]
  const notesRead = readNotesWithDetails([notes], context)
  return {
    ...unsaid.ImmunizationReported(),
    code: readCoded(rxa, 5),
    ...numbers,
    doseNumber: observed(doseNumber)?.value ?? null,
    seriesDoses: observed(seriesDoses)?.value ?? null,
    givenAt: optionalTime(rxa, 3, context),
    givenUntil: optionalTime(rxa, 4, context),
    dose: readGivenAmount(rxa, true),
    information: information ?? null,
    performers: [
      ...performersOf(orc, rxa),
      ...participants.flatMap((prt) => readParticipants(prt, context)),
    ],
    timing: readTq1(timings.slice(0, 1), context)[0] ?? null,
    location: readLocation(rxa, 27) ?? placeIn(rxa),
    address: readAddress(rxa, 28),
    organisation: organisationIn(rxa),
    entryOrganisation: orc === null ? null : readCoded(orc, 17),
    lots: textsIn(rxa, 15),
    expiresAt: optionalTime(rxa, 16, context),
    manufacturer: readCoded(rxa, 17),
    refusalReasons: codesIn(rxa, 18),
    indications: codesIn(rxa, 19),
    ...completionOf(rxa, orc),
    action: text(rxa, 21),
    recordedAt: optionalTime(rxa, 22, context),
    route: route === undefined ? null : readCoded(route, 1),
    site: route === undefined ? null : readCoded(route, 2),
    funding: observed(fundingSource)?.coded ?? observed(eligibility)?.coded ?? null,
    observations: [...observations],
    notes: [
      ...notesRead.notes,
      ...remarks.map(({ code, text: words }) => words ?? code).filter((remark) => remark !== null),
    ],
    noteDetails: notesRead.noteDetails,
  }
}

const isCode = ({ code, alternateCode }: Coded, loinc: string): boolean =>
  code === loinc || alternateCode === loinc

const codesIn = readCodedList

/** Of a remark the text is kept, else the code. */
const leaveRemark = (rxa: Segment, remark: string): void => {
  const components = componentsOf(rxa.message, remark)
  const hasText = [1, 8].some((n) => firstPart(rxa.message, components[n]) !== null)
  leaveUnread(rxa, 9, components, hasText ? [0, 1, 0, 0, 0, 0, 0, 0, 1] : [1])
}

const textsIn = (segment: Segment, field: number): string[] =>
  repetitions(segment, field)
    .map((one) => decoded(segment.message, one))
    .filter((one) => one !== null)

/** HL7 table 0443: who gave, ordered and entered, as in the v2-to-FHIR guide. */
const role = (code: string, words: string): Coded => ({
  ...unsaid.Coded(),
  code,
  text: words,
  system: 'HL70443',
})
const administering = role('AP', 'Administering Provider')
const ordering = role('OP', 'Ordering Provider')
const entering = role('EP', 'Entering Provider')

const performersOf = (orc: Segment | null, rxa: Segment): Performer[] => [
  ...performers(rxa, 10, administering),
  ...(orc === null ? [] : [...performers(orc, 12, ordering), ...performers(orc, 10, entering)]),
]

const performers = (segment: Segment, field: number, as: Coded): Performer[] =>
  readPractitioners(segment, field).map((practitioner) => ({
    ...unsaid.Performer(),
    practitioner,
    role: as,
  }))
