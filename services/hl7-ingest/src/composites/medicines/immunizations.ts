import { doseKey, preferredNumber } from '@tideway/record/keys/clinical-keys'
import { leaveFields, markUnusable, raw } from '@tideway/hl7v2/lexer/fields'
import { type EventBody, type Observation, unsaid } from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import { readOrLeaveOut } from '../../normalise/leave-out.ts'
import type { Context } from '../../normalise/mapping.ts'
import { fieldPlace, type Segment } from '@tideway/hl7v2/lexer/message'
import { leaveSegment } from '@tideway/hl7v2/lexer/unused-parts'
import { readOwnNumber } from '../../datatypes/ei.ts'
import { scopeOf, statementKey } from '../../keys/business-key.ts'
import type { ImmunizationSegments } from '../../groups/immunization-groups.ts'
import { readObservations } from '../results/observations.ts'
import { type ReadVaccine, readVaccine } from './vaccine.ts'

/**
 * CVX 998, no vaccine administered: the group only carries forecasts, immunity or
 * contraindications.
 */
const noVaccine = '998'
/** Placeholder in ORC-3 for no number: CDC implementation guide 2.5.1, ORC-3. */
const noNumber = '9999'

/** ORC-1 of every dose, which says nothing of it. HL7 table 0119. */
const resultsFollow = 'RE'
/** Fields of RXA that apply only to a dose. */
const ofDoses = [4, 6, 7, 9, 10, 11, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28]

/** Fields of its ORC that do: who entered and ordered it, and where. */
const ofOrders = [10, 12, 17]

/** A group as read, with the key from its own number if it has one. */
type ReadGroup = {
  group: ImmunizationSegments
  vaccine: ReadVaccine
  observations: Observation[]
  number: string | null
}

/**
 * An event for each RXA of a message: a vaccine given, refused or not given. An RXA without a
 * vaccine gives only its observations, never a dose. An RXA without RXA-5, or without RXA-3 if
 * nothing else identifies the dose, is left out.
 */
export const readImmunizations = (
  groups: readonly ImmunizationSegments[],
  patientKey: string,
  encounterId: string | null,
  context: Context,
): { group: ImmunizationSegments; body: EventBody }[] => {
  const read = groups.map((group): ReadGroup => {
    const observations = readObservations(group.observations, context).map(
      ({ observation }) => observation,
    )
    const { orc } = group
    const numberOf = (field: number) =>
      orc === null ? null : readOwnNumber(orc, field, context.source)
    const [placer, sent] = [numberOf(2), numberOf(3)]
    const isNumbered = sent?.number !== noNumber
    if (orc !== null && !isNumbered) markUnusable(orc, 3)
    if (orc?.fields[1] === resultsFollow) raw(orc, 1)
    const filler = isNumbered ? sent : null
    const vaccine = readVaccine(
      group,
      { placerNumber: placer?.number ?? null, fillerNumber: filler?.number ?? null },
      observations,
      context,
    )
    const number = isNumbered ? preferredNumber('immunization', { placer, filler }) : null
    return {
      group,
      vaccine,
      observations,
      number: number === null ? null : statementKey(patientKey, context, number, []),
    }
  })
  const times = new Map<string | null, number>()
  for (const { number } of read) times.set(number, (times.get(number) ?? 0) + 1)
  return read.flatMap((one) =>
    readOrLeaveOut(
      () => segmentsOf(one.group),
      () => [
        {
          group: one.group,
          body: bodyOf(
            one,
            keyOf(one, times.get(one.number) === 1, patientKey, context),
            encounterId,
          ),
        },
      ],
    ),
  )
}

const segmentsOf = (group: ImmunizationSegments): Segment[] => [
  ...(group.orc === null ? [] : [group.orc]),
  group.rxa,
  ...group.routes,
  ...group.timings,
  ...group.participants,
  ...group.notes,
  ...group.observations.flatMap((one) => [one.obx, ...one.notes, ...one.participants]),
]

/**
 * The sender's number. If several doses of the message share it, or there is none: vaccine and
 * time, with the number if there is one.
 */
const keyOf = (
  { group, vaccine, number }: ReadGroup,
  isAlone: boolean,
  patientKey: string,
  context: Context,
): string => {
  if (number !== null && isAlone) return number
  const { code, givenAt } = vaccine
  const word = code?.code ?? code?.text ?? code?.alternateCode ?? null
  if (word === null) throw new IngestError('MISSING_FIELD', fieldPlace(group.rxa, 5))
  if (givenAt === null && number === null)
    throw new IngestError('MISSING_FIELD', fieldPlace(group.rxa, 3))
  return doseKey(number, word, givenAt, scopeOf(patientKey, context))
}

const bodyOf = (
  { group, vaccine, observations }: ReadGroup,
  key: string,
  encounterId: string | null,
): EventBody => {
  const { code, ...rest } = vaccine
  if (code === null) throw new IngestError('MISSING_FIELD', fieldPlace(group.rxa, 5))
  if (code.code !== noVaccine && code.alternateCode !== noVaccine)
    return { ...rest, code, immunizationId: key, encounterId }
  leaveFields(group.rxa, ofDoses)
  for (const below of [...group.routes, ...group.timings, ...group.participants])
    leaveSegment(below)
  if (group.orc !== null) leaveFields(group.orc, ofOrders)
  return {
    ...unsaid.ResultReported(),
    reportId: `immunization ${key}`,
    service: code,
    placerNumber: rest.placerNumber,
    fillerNumber: rest.fillerNumber,
    collectedAt: rest.givenAt,
    encounterId,
    observations,
    notes: rest.notes,
    noteDetails: rest.noteDetails,
  }
}
