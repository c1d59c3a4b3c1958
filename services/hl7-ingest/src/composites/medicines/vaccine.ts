import { optionalTime } from '../../datatypes/time-field.ts'
import {
  componentsOf,
  decoded,
  firstPart,
  markUnusable,
  repetitions,
  text,
} from '@tideway/hl7v2/lexer/fields'
import {
  type Coded,
  type ImmunizationReported,
  type Observation,
  type Organisation,
  type Performer,
  unsaid,
} from '@tideway/schemas/events.generated'
import { readCompletionStatus } from '@tideway/record/status/completion-status'
import type { Context } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { codedOf, readCoded } from '../../datatypes/ce.ts'
import { readGivenAmount } from '../../datatypes/given-amount.ts'
import { readLocation } from '../../datatypes/pl.ts'
import { readAddresses } from '../../datatypes/xad.ts'
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
    address: readAddresses(rxa, 28)[0] ?? null,
    organisation: organisationIn(rxa),
    entryOrganisation: orc === null ? null : readCoded(orc, 17),
    lots: textsIn(rxa, 15),
    expiresAt: optionalTime(rxa, 16, context),
    manufacturer: readCoded(rxa, 17),
    refusalReasons: codesIn(rxa, 18),
    indications: codesIn(rxa, 19),
    ...readCompletionStatus(text(rxa, 20), 'HL70322'),
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

const codesIn = (segment: Segment, field: number): Coded[] =>
  repetitions(segment, field)
    .map((one) => codedOf(segment.message, componentsOf(segment.message, one)))
    .filter((one) => one !== null)

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

/** Ward, room and bed of RXA-11 (LA2); the address follows them. */
const placeIn = (rxa: Segment): ImmunizationReported['location'] => {
  const location = readLocation(rxa, 11)
  if (location === null) return null
  if (location.description !== null) markUnusable(rxa, 11)
  const { pointOfCare, room, bed } = location
  return pointOfCare === null && room === null && bed === null
    ? null
    : { ...location, description: null }
}

/** RXA-11.4, the facility: its name. */
const organisationIn = (rxa: Segment): Organisation | null => {
  const [first] = repetitions(rxa, 11)
  const facility =
    first === undefined ? null : firstPart(rxa.message, componentsOf(rxa.message, first)[3])
  return facility === null ? null : { ...unsaid.Organisation(), name: facility }
}
