import { optionalTime } from '../datatypes/time-field.ts'
import {
  componentsOf,
  decoded,
  raw,
  repetitions,
  text,
  wholeText,
} from '@tideway/hl7v2/lexer/fields'
import {
  type Coded,
  type Observation,
  type Organisation,
  unsaid,
} from '@tideway/schemas/events.generated'
import type { Upload } from '@tideway/ingest/large-payloads'
import { type Context, zoneOf } from '../normalise/mapping.ts'
import { placeOf, type Segment } from '@tideway/hl7v2/lexer/message'
import { type Attached, readEmbedded, readPointer } from '../datatypes/attachment.ts'
import { codedAt, codedInPart, readCoded, readUnit } from '../datatypes/ce.ts'
import { readEntityNumber } from '../datatypes/ei.ts'
import { readObservationValue } from '../datatypes/observation-value.ts'
import { joinedPowers } from '../datatypes/power-unit.ts'
import { ucumOf } from '../datatypes/unit.ts'
import { readAddress } from '../datatypes/xad.ts'
import { readPractitioner, readPractitioners } from '../datatypes/xcn.ts'
import { readOrganisation } from '../datatypes/xon.ts'
import { codeName } from '@tideway/record/keys/business-key'
import { readObservationStatus } from '@tideway/record/status/observation-status'

/** An observation, and the bytes it references. */
export type ReadObservation = { observation: Observation; bytes: Upload | null }

const noValue = { value: null, coded: null, furtherCodes: [], numeric: null }

/**
 * OBX, observation, without its notes and its key in the report.
 *
 * @param further  OBX that continue its embedded data
 * @throws IngestError INVALID_FIELD at OBX-5 for embedded data that cannot be decoded
 * @see HL7 v2.5.1 chapter 7.4.2
 */
export const readObx = (
  obx: Segment,
  context: Context,
  further: readonly Segment[] = [],
): ReadObservation => {
  const valueType = text(obx, 2)?.toUpperCase() ?? null
  const code = readCode(obx)
  const attached = readAttached(obx, valueType, code.text, further)
  const { value, coded, furtherCodes, numeric } =
    attached === null && valueType !== 'ED'
      ? readObservationValue(obx, valueType, zoneOf(context))
      : noValue
  const unit = readUnit(obx, 6) ?? unitOfAmount(obx, valueType)
  const organisation = readPerformer(obx)
  const { flags, codedFlags } = readFlags(obx)
  // Named one by one: a second spread takes as long as the rest of the literal.
  const { status, statusAsSent, statusSystem } = readObservationStatus(text(obx, 11), 'HL70085')
  return {
    observation: {
      ...unsaid.Observation(),
      key: '',
      code,
      subId: text(obx, 4),
      valueType,
      value,
      coded,
      furtherCodes,
      numeric: valueType === 'ST' && unit === null && raw(obx, 7) === '' ? null : numeric,
      attachment: attached?.attachment ?? null,
      unit,
      ucum: ucumIn(obx, unit),
      range: wholeText(obx, 7),
      flags,
      codedFlags,
      probability: text(obx, 9),
      nature: readNature(obx),
      status,
      statusAsSent,
      statusSystem,
      rangeSince: optionalTime(obx, 12, context),
      accessCheck: wholeText(obx, 13),
      observedAt: optionalTime(obx, 14, context),
      analysedAt: optionalTime(obx, 19, context),
      producer:
        readCoded(obx, 15) ??
        (organisation === null
          ? null
          : { ...unsaid.Coded(), code: organisation.identifier, text: organisation.name }),
      performers: readPractitioners(obx, 16),
      method: readCoded(obx, 17),
      device: readDevice(obx),
      bodySite: readCoded(obx, 20),
      observationId: text(obx, 21),
      organisation,
      director: readPractitioner(obx, 25),
      place: placeOf(obx),
    },
    bytes: attached?.bytes ?? null,
  }
}

/**
 * OBX-3. A suffix of the code distinguishes parts of one report: `71020&IMP` is its impression. HL7
 * v2.5.1 chapter 7.2.4.
 */
const readCode = (obx: Segment): Coded => {
  const code = readCoded(obx, 3) ?? unsaid.Coded()
  const { subcomponent } = obx.message.delimiters
  if (subcomponent === '' || !raw(obx, 3).includes(subcomponent)) return code
  const [whole] = componentsOf(obx.message, repetitions(obx, 3)[0] ?? '')
  if (whole === undefined || !whole.includes(subcomponent)) return code
  for (let n = 2; n <= whole.split(subcomponent).length; n++)
    obx.message.unusedParts.get(obx.base)?.delete(`3.1.${n}`)
  return { ...code, code: decoded(obx.message, whole) }
}

/** OBX-10, whose repetitions are joined. */
const readNature = (obx: Segment): string | null => {
  const sent = repetitions(obx, 10)
  if (sent.length === 0) return null
  return sent.map((one) => decoded(obx.message, one)).join(', ') || null
}

/** CQ-2 of the value, where OBX-6 is empty. */
const unitOfAmount = (obx: Segment, valueType: string | null): Coded | null =>
  valueType === 'CQ'
    ? codedInPart(
        obx.message,
        joinedPowers(componentsOf(obx.message, repetitions(obx, 5)[0] ?? '').slice(1))[0],
      )
    : null

/** UCUM of a unit; an unknown unit is counted as an untranslated code. */
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

/** OBX-18: the equipment, with its assigning authority in brackets. */
const readDevice = (obx: Segment): string | null => {
  const { number, authority } = readEntityNumber(obx, 18)
  return number === null || authority === null ? (number ?? authority) : `${number} (${authority})`
}

/** OBX-23 with its address, OBX-24. */
const readPerformer = (obx: Segment): Organisation | null => {
  const organisation = readOrganisation(obx, 23)
  return organisation === null ? null : { ...organisation, address: readAddress(obx, 24) }
}

const readAttached = (
  obx: Segment,
  valueType: string | null,
  title: string | null,
  further: readonly Segment[],
): Attached | null => {
  if (valueType === 'ED') return readEmbedded(obx, title, further)
  return valueType === 'RP' ? readPointer(obx, title) : null
}

/** OBX-8: since v2.7 a code with a text and a system, of which each counts as sent. */
const readFlags = (obx: Segment): Pick<Observation, 'flags' | 'codedFlags'> => {
  const sent = raw(obx, 8)
  if (sent === '') return { flags: [], codedFlags: [] }
  const { component, repetition } = obx.message.delimiters
  if (!sent.includes(repetition) && !sent.includes(component))
    return {
      flags: [decoded(obx.message, sent)].filter((flag) => flag !== null),
      codedFlags: [],
    }
  const all = repetitions(obx, 8)
    .map((one) => codedAt(obx, 8, componentsOf(obx.message, one)))
    .filter((flag) => flag !== null)
  return {
    flags: all.flatMap((flag) => codeName(flag) ?? []),
    codedFlags: all.some(hasMoreThanCode) ? all : [],
  }
}

const hasMoreThanCode = ({ code, text, system, alternateCode, alternateText, detail }: Coded) =>
  [system, alternateCode, detail ?? null, code === null ? alternateText : text].some(
    (part) => part !== null,
  )
