import {
  type Coded,
  type Observation,
  type Organisation,
  unsaid,
} from '@tideway/schemas/events.generated'
import type { Upload } from '@tideway/ingest/offload'
import type { Context } from '../normalise/mapping.ts'
import {
  componentsOf,
  decoded,
  firstPart,
  leaveUnread,
  placeOf,
  raw,
  repetitions,
  type Segment,
  text,
  wholeText,
} from '@tideway/hl7v2/lexer/message'
import { type Attached, readEmbedded, readPointer } from '../datatypes/attachment.ts'
import { codedInPart, readCoded } from '../datatypes/ce.ts'
import { readEntityNumber } from '../datatypes/ei.ts'
import { readObservationValue } from '../datatypes/observation-value.ts'
import { optionalTime } from '../datatypes/timestamp.ts'
import { ucumOf } from '../datatypes/unit.ts'
import { readAddresses } from '../datatypes/xad.ts'
import { readPractitioner, readPractitioners } from '../datatypes/xcn.ts'
import { readOrganisation } from '../datatypes/xon.ts'
import { readNotesWithDetails } from './nte.ts'
import { readParticipants } from './prt.ts'
import type { ObservationSegments } from '../groups/result-groups.ts'
import { readObservationStatus } from '@tideway/record/status/observation-status'

/** An observation, and the bytes it refers to. */
export type ReadObservation = { observation: Observation; bytes: Upload | null }

const noValue = { value: null, coded: null, numeric: null }

/**
 * OBX of one report, in order. Lines of one text become one observation; each gets its identity
 * within the report.
 *
 * @throws IngestError INVALID_FIELD at OBX-5 for embedded data that cannot be decoded
 */
export const readObservations = (
  segments: readonly ObservationSegments[],
  context: Context,
): ReadObservation[] => {
  const read: ReadObservation[] = []
  const occurrences = new Map<string, number>()
  let previous: Segment | null = null
  for (const one of segments) {
    const last = read.at(-1)
    if (last !== undefined && previous !== null && continuesText(previous, one.obx)) {
      continueText(last.observation, one, previous, context)
    } else {
      const next = readObservation(one, context)
      next.observation.key = keyOf(next.observation, occurrences)
      read.push(next)
    }
    previous = one.notes.length === 0 && one.participants.length === 0 ? one.obx : null
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
 * A line of the text that the OBX before it began: text again, same code, status and time, nothing
 * between, and the same sub-identifier (OBX-4) or, as some number their lines, one more. ST with
 * numbered sub-identifiers are values of their own.
 */
const continuesText = (before: Segment, obx: Segment): boolean => {
  const type = raw(obx, 2)
  if (!textTypes.has(type) || raw(before, 2) !== type || raw(before, 3) !== raw(obx, 3))
    return false
  if (raw(before, 11) !== raw(obx, 11) || raw(before, 14) !== raw(obx, 14)) return false
  const line = raw(obx, 4)
  return (
    raw(before, 4) === line ||
    (type !== 'ST' && /^\d+$/.test(line) && Number(raw(before, 4)) + 1 === Number(line))
  )
}

const continueText = (
  observation: Observation,
  { obx, notes }: ObservationSegments,
  before: Segment,
  context: Context,
): void => {
  for (let field = 6; field < obx.fields.length; field++)
    if (obx.fields[field] === before.fields[field]) raw(obx, field)
  const { value } = readObservationValue(obx, observation.valueType, context.source.hl7.timeZone)
  observation.value = `${observation.value ?? ''}\n${value ?? ''}`
  observation.numeric = null
  const remarks = readNotesWithDetails([notes], context)
  observation.noteDetails?.push(...remarks.noteDetails)
  observation.notes.push(...remarks.notes)
}

const readObservation = (
  { obx, notes, participants }: ObservationSegments,
  context: Context,
): ReadObservation => {
  const valueType = text(obx, 2)
  const code = readCode(obx)
  const attached = readAttached(obx, valueType, code.text)
  const { value, coded, numeric } =
    attached === null && valueType !== 'ED'
      ? readObservationValue(obx, valueType, context.source.hl7.timeZone)
      : noValue
  const unit = readCoded(obx, 6) ?? unitOfAmount(obx, valueType)
  const organisation = readPerformer(obx)
  return {
    observation: {
      ...unsaid.Observation(),
      key: '',
      code,
      subId: text(obx, 4),
      valueType,
      value,
      coded,
      numeric: valueType === 'ST' && unit === null ? null : numeric,
      attachment: attached?.attachment ?? null,
      unit,
      ucum: ucumIn(obx, unit),
      range: wholeText(obx, 7),
      flags: readFlags(obx),
      probability: text(obx, 9),
      nature:
        repetitions(obx, 10)
          .map((one) => decoded(obx.message, one))
          .join(', ') || null,
      ...readObservationStatus(text(obx, 11), 'HL70085'),
      rangeSince: optionalTime(obx, 12, context),
      accessCheck: wholeText(obx, 13),
      observedAt: optionalTime(obx, 14, context),
      analysedAt: optionalTime(obx, 19, context),
      producer:
        readCoded(obx, 15) ??
        (organisation === null
          ? null
          : { ...unsaid.Coded(), code: organisation.identifier, text: organisation.name }),
      performers: [
        ...readPractitioners(obx, 16),
        ...participants.flatMap((prt) => readPractitioners(prt, 5)),
      ],
      method: readCoded(obx, 17),
      device: readDevice(obx),
      bodySite: readCoded(obx, 20),
      observationId: text(obx, 21),
      organisation,
      director: readPractitioner(obx, 25),
      participants: participants.flatMap((prt) => readParticipants(prt, context)),
      ...readNotesWithDetails([notes], context),
      place: placeOf(obx),
    },
    bytes: attached?.bytes ?? null,
  }
}

/**
 * OBX-3. A suffix after the code tells the parts of one report from each other: `71020&IMP` is its
 * impression. HL7 v2.5.1 chapter 7.2.4.
 */
const readCode = (obx: Segment): Coded => {
  const code = readCoded(obx, 3) ?? unsaid.Coded()
  const { subcomponent } = obx.message.delimiters
  const [whole] = componentsOf(obx.message, repetitions(obx, 3)[0] ?? '')
  if (subcomponent === '' || whole === undefined || !whole.includes(subcomponent)) return code
  for (let n = 2; n <= whole.split(subcomponent).length; n++)
    obx.message.unusedParts.delete(`OBX-3.1.${n}`)
  return { ...code, code: decoded(obx.message, whole) }
}

/** CQ-2 of the value, where OBX-6 says nothing. */
const unitOfAmount = (obx: Segment, valueType: string | null): Coded | null =>
  valueType === 'CQ'
    ? codedInPart(obx.message, componentsOf(obx.message, repetitions(obx, 5)[0] ?? '')[1])
    : null

/** A unit that no table knows is counted as a code that none does. */
const ucumIn = (obx: Segment, unit: Coded | null): string | null => {
  const ucum = ucumOf(unit)
  if (unit !== null && ucum === null)
    obx.message.untranslated.push({
      field: 'OBX-6',
      code: unit.code ?? '',
      text: unit.text,
      system: unit.system,
    })
  return ucum
}

/** OBX-18: the equipment, and in brackets who numbered it. */
const readDevice = (obx: Segment): string | null => {
  const { number, authority } = readEntityNumber(obx, 18)
  return number === null || authority === null ? (number ?? authority) : `${number} (${authority})`
}

/** OBX-23 and where it is, OBX-24. */
const readPerformer = (obx: Segment): Organisation | null => {
  const organisation = readOrganisation(obx, 23)
  return organisation === null
    ? null
    : { ...organisation, address: readAddresses(obx, 24)[0] ?? null }
}

const readAttached = (
  obx: Segment,
  valueType: string | null,
  title: string | null,
): Attached | null => {
  if (valueType === 'ED') return readEmbedded(obx, title)
  return valueType === 'RP' ? readPointer(obx, title) : null
}

const readFlags = (obx: Segment): string[] => {
  const sent = raw(obx, 8)
  if (sent === '') return []
  const { component, repetition } = obx.message.delimiters
  if (!sent.includes(repetition) && !sent.includes(component))
    return [decoded(obx.message, sent)].filter((flag) => flag !== null)
  return repetitions(obx, 8)
    .map((one) => {
      const components = componentsOf(obx.message, one)
      leaveUnread(obx, 8, components, [1])
      return firstPart(obx.message, components[0])
    })
    .filter((flag) => flag !== null)
}
