import { raw } from '@tideway/hl7v2/lexer/fields'
import { observationIdentity } from '@tideway/record/keys/clinical-keys'
import type { Observation } from '@tideway/schemas/events.generated'
import { type Context, zoneOf } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { continuationsOf } from '../../datatypes/embedded-parts.ts'
import { readObservationValue } from '../../datatypes/observation-value.ts'
import { readPractitioners } from '../../datatypes/xcn.ts'
import { codeKey } from '../../keys/business-key.ts'
import { readNotesWithDetails } from '../../segments/nte.ts'
import { readParticipants } from '../../segments/prt.ts'
import type { ObservationSegments } from '../../groups/result-groups.ts'
import { type ReadObservation, readObx } from '../../segments/obx.ts'

/**
 * Observations of one report, in order. Consecutive lines of one text become one observation, as do
 * consecutive parts of one embedded document; each has a key within the report.
 */
export const readObservations = (
  segments: readonly ObservationSegments[],
  context: Context,
): ReadObservation[] => {
  const read: ReadObservation[] = []
  const occurrences = new Map<string, number>()
  let previous: Segment | null = null
  for (let at = 0; at < segments.length; at++) {
    const one = segments[at] as ObservationSegments
    const last = read.at(-1)
    if (
      last !== undefined &&
      previous !== null &&
      continuesText(last.observation, previous, one.obx)
    ) {
      continueText(last.observation, one, previous, context)
    } else {
      const parts = partsAfter(segments, at)
      const next = readAnnotated(one, parts, context)
      next.observation.key = keyOf(next.observation, occurrences)
      read.push(next)
      at += parts.length
    }
    previous = one.notes.length === 0 && one.participants.length === 0 ? one.obx : null
  }
  for (const { observation } of read) if (observation.value === '') observation.value = null
  return read
}

/** The OBX that continue the embedded data of one; only the last may have notes. */
const partsAfter = (
  segments: readonly ObservationSegments[],
  at: number,
): readonly ObservationSegments[] => {
  const isLast = ({ notes, participants }: ObservationSegments) =>
    notes.length + participants.length > 0
  const { length } = continuationsOf((segments[at] as ObservationSegments).obx, (after) =>
    isLast(segments[at + after] as ObservationSegments) ? undefined : segments[at + after + 1]?.obx,
  )
  return segments.slice(at + 1, at + 1 + length)
}

/** Key within the report: code, sub-identifier and number of the occurrence. */
const keyOf = ({ code, subId }: Observation, occurrences: Map<string, number>): string => {
  const identity = observationIdentity(codeKey(code), subId)
  const occurrence = (occurrences.get(identity) ?? 0) + 1
  occurrences.set(identity, occurrence)
  return `${identity}|${occurrence}`
}

const textTypes = new Set(['TX', 'FT', 'ST'])
/** Fields of OBX in which two lines of one text never differ: probability to the director. */
const shared = [9, 10, 12, 13, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25]
/** A number alone, as a result is sent: `5.1`, `<0.01`, `> 200`, `1:128`, `10-20`, `5.1 H`. */
const numberAlone =
  /^\s*[<>]?=?\s*[-+]?\d+([.,]\d+)?(\s*[:/-]\s*\d+([.,]\d+)?)?(\s*(H|L|HH|LL|\*))?\s*$/
const sent = ({ fields }: Segment, field: number): string => fields[field] ?? ''

/** Unit, range or flag (OBX-6 to 8): a result has them; a line of a text does not. */
const isMeasured = (obx: Segment): boolean =>
  [6, 7, 8].some((field) => sent(obx, field) !== '' && sent(obx, field) !== '""')
const agree = (one: string, other: string): boolean => one === '' || other === '' || one === other

/**
 * Whether the two are lines of one text rather than two results. A line of ST has no unit, range or
 * flag; one of TX or FT may repeat those of the line before. A number is not a line of the text
 * after a number alone.
 */
const areLines = (text: Observation, before: Segment, obx: Segment): boolean => {
  if (raw(obx, 2).toUpperCase() === 'ST' && (isMeasured(before) || isMeasured(obx))) return false
  if ([6, 7, 8].some((field) => sent(before, field) !== sent(obx, field))) return false
  if (!shared.every((field) => agree(sent(before, field), sent(obx, field)))) return false
  return !numberAlone.test(text.value ?? '') || !numberAlone.test(sent(obx, 5))
}

/**
 * Whether an OBX continues the text of the one before: same text type, code, status and time, and
 * the same sub-identifier (OBX-4) or, as some senders number lines, the next. ST with numbered
 * sub-identifiers are separate values. Results of one code are never one text, see `areLines`.
 */
const continuesText = (text: Observation, before: Segment, obx: Segment): boolean => {
  if (raw(before, 3) !== raw(obx, 3)) return false
  const type = raw(obx, 2).toUpperCase()
  if (!textTypes.has(type) || raw(before, 2).toUpperCase() !== type) return false
  if (raw(before, 11) !== raw(obx, 11) || raw(before, 14) !== raw(obx, 14)) return false
  const line = raw(obx, 4)
  const isNext =
    raw(before, 4) === line ||
    (type !== 'ST' && /^\d+$/.test(line) && Number(raw(before, 4)) + 1 === Number(line))
  return isNext && areLines(text, before, obx)
}

/** A further line of one observation repeats its fields; what differs is listed as unused. */
const readRepeated = (obx: Segment, before: Segment): void => {
  for (let field = 6; field < obx.fields.length; field++)
    if (obx.fields[field] === before.fields[field]) raw(obx, field)
}

const continueText = (
  observation: Observation,
  { obx, notes }: ObservationSegments,
  before: Segment,
  context: Context,
): void => {
  readRepeated(obx, before)
  const { value } = readObservationValue(obx, observation.valueType, zoneOf(context))
  observation.value = `${observation.value ?? ''}\n${value ?? ''}`
  observation.numeric = null
  const remarks = readNotesWithDetails([notes], context)
  observation.noteDetails?.push(...remarks.noteDetails)
  observation.notes.push(...remarks.notes)
}

/** An OBX with the NTE and PRT that follow it, and the OBX that continue its embedded data. */
const readAnnotated = (
  one: ObservationSegments,
  parts: readonly ObservationSegments[],
  context: Context,
): ReadObservation => {
  const further = parts.map(({ obx }) => obx)
  for (const obx of further) readRepeated(obx, one.obx)
  const read = readObx(one.obx, context, further)
  const { observation } = read
  const { notes, participants } = parts.at(-1) ?? one
  if (participants.length > 0) {
    for (const prt of participants) observation.performers?.push(...readPractitioners(prt, 5))
    observation.participants = participants.flatMap((prt) => readParticipants(prt, context))
  }
  if (notes.length > 0) Object.assign(observation, readNotesWithDetails([notes], context))
  return read
}
