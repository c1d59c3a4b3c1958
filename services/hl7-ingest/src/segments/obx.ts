import type { Coded, Observation } from '@tideway/schemas/events.generated'
import type { AttachedBytes, Context } from '../mapping.ts'
import { componentsOf, decoded, firstPart, placeOf, raw, repetitions, type Segment, text, wholeText } from '../parse.ts'
import { type Attached, readEmbedded, readPointer } from '../values/attachment.ts'
import { readCoded } from '../values/ce.ts'
import { readObservationValue } from '../values/observation-value.ts'
import { optionalTime } from '../values/timestamp.ts'
import { readNotes } from './nte.ts'
import type { ObservationSegments } from './result-groups.ts'

/** An observation, and the bytes it refers to. */
export type ReadObservation = { observation: Observation; bytes: AttachedBytes | null }

const noValue = { value: null, coded: null }
const noCode: Coded = { code: null, text: null, system: null, alternateCode: null, alternateText: null, alternateSystem: null }

/**
 * OBX of one report, in order. Lines of one text become one observation; each gets its identity within the report.
 *
 * @throws IngestError INVALID_FIELD at OBX-5 for embedded data that cannot be decoded
 */
export const readObservations = (segments: readonly ObservationSegments[], context: Context): ReadObservation[] => {
  const read: ReadObservation[] = []
  const occurrences = new Map<string, number>()
  let previous: Segment | null = null
  for (const one of segments) {
    const last = read.at(-1)
    if (last !== undefined && previous !== null && continuesText(previous, one.obx)) {
      continueText(last.observation, one, context)
    } else {
      const next = readObservation(one, context)
      next.observation.key = keyOf(next.observation, occurrences)
      read.push(next)
    }
    previous = one.notes.length === 0 ? one.obx : null
  }
  for (const { observation } of read) if (observation.value === '') observation.value = null
  return read
}

/** Code, sub-identifier and which of them in the report. */
const keyOf = ({ code, subId }: Observation, occurrences: Map<string, number>): string => {
  const identity = `${code.code ?? code.text ?? ''}|${subId ?? ''}`
  const occurrence = (occurrences.get(identity) ?? 0) + 1
  occurrences.set(identity, occurrence)
  return `${identity}|${occurrence}`
}

const textTypes = new Set(['TX', 'FT', 'ST'])

/**
 * A line of the text that the OBX before it began: text again, same code, status and time, nothing between, and the same sub-identifier
 * (OBX-4) or, as some number their lines, one more. ST with numbered sub-identifiers are values of their own.
 */
const continuesText = (before: Segment, obx: Segment): boolean => {
  const type = raw(obx, 2)
  if (!textTypes.has(type) || raw(before, 2) !== type || raw(before, 3) !== raw(obx, 3)) return false
  if (raw(before, 11) !== raw(obx, 11) || raw(before, 14) !== raw(obx, 14)) return false
  const line = raw(obx, 4)
  return raw(before, 4) === line || (type !== 'ST' && /^\d+$/.test(line) && Number(raw(before, 4)) + 1 === Number(line))
}

const continueText = (observation: Observation, { obx, notes }: ObservationSegments, context: Context): void => {
  const { value } = readObservationValue(obx, observation.valueType, context.source.hl7.timeZone)
  observation.value = `${observation.value ?? ''}\n${value ?? ''}`
  observation.notes.push(...readNotes(notes))
}

const readObservation = ({ obx, notes }: ObservationSegments, context: Context): ReadObservation => {
  const valueType = text(obx, 2)
  const code = readCoded(obx, 3) ?? noCode
  const attached = readAttached(obx, valueType, code.text)
  const { value, coded } = attached === null && valueType !== 'ED' ? readObservationValue(obx, valueType, context.source.hl7.timeZone) : noValue
  return {
    observation: {
      key: '',
      code,
      subId: text(obx, 4),
      valueType,
      value,
      coded,
      attachment: attached?.attachment ?? null,
      unit: readCoded(obx, 6),
      range: wholeText(obx, 7),
      flags: readFlags(obx),
      status: text(obx, 11),
      observedAt: optionalTime(obx, 14, context),
      analysedAt: optionalTime(obx, 19, context),
      producer: readCoded(obx, 15) ?? readOrganisation(obx),
      method: readCoded(obx, 17),
      bodySite: readCoded(obx, 20),
      notes: readNotes(notes),
      place: placeOf(obx),
    },
    bytes: attached?.bytes ?? null,
  }
}

const readAttached = (obx: Segment, valueType: string | null, title: string | null): Attached | null => {
  if (valueType === 'ED') return readEmbedded(obx, title)
  return valueType === 'RP' ? readPointer(obx, title) : null
}

const readFlags = (obx: Segment): string[] => {
  const sent = raw(obx, 8)
  if (sent === '') return []
  const { component, repetition } = obx.message.delimiters
  if (!sent.includes(repetition) && !sent.includes(component)) return [decoded(obx.message, sent)].filter((flag) => flag !== null)
  return repetitions(obx, 8)
    .map((one) => firstPart(obx.message, componentsOf(obx.message, one)[0]))
    .filter((flag) => flag !== null)
}

/** OBX-23, the performing organisation: its identifier (XON-3, or XON-10) and name. */
const readOrganisation = (obx: Segment): Coded | null => {
  const first = repetitions(obx, 23)[0]
  if (first === undefined) return null
  const components = componentsOf(obx.message, first)
  const part = (n: number) => firstPart(obx.message, components[n])
  const coded = { ...noCode, code: part(2) ?? part(9), text: part(0) }
  return coded.code === null && coded.text === null ? null : coded
}
