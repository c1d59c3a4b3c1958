import { IngestError } from '../errors.ts'
import { type Hl7Message, placeOf, type Segment } from '@tideway/hl7v2/lexer/message'
import { readPatientOf } from '../composites/patient/patient.ts'
import type { Context } from '../normalise/mapping.ts'
import { hasHeadsAbove } from './identified-patients.ts'
import { limitShared, weightOf } from './shared-segments.ts'

/**
 * Splits a message at every segment of a name; each part is a separate message. Fields used in a
 * part count as used in the whole.
 *
 * @param header  segments at the start of each part
 * @throws IngestError INVALID_FIELD at the part where header times parts exceeds the limit
 */
export const cutAt = (
  message: Hl7Message,
  name: string,
  header: readonly Segment[],
): Hl7Message[] => {
  const weight = weightOf(header)
  const groups: Hl7Message[] = []
  const add = (group: Hl7Message, segment: Segment) =>
    group.segments.push({ ...segment, message: group })
  for (const segment of message.segments) {
    if (segment.name === name) {
      if (groups.length > 0) limitShared(groups.length * weight, 'INVALID_FIELD', segment)
      const group: Hl7Message = { ...message, segments: [] }
      for (const one of header) add(group, one)
      groups.push(group)
    }
    const last = groups.at(-1)
    if (last !== undefined && !header.includes(segment)) add(last, segment)
  }
  return groups
}

/** Segments about the message rather than a patient. */
const ofMessage = new Set(['MSH', 'SFT', 'UAC', 'EVN'])

/**
 * Splits a result message with several patients into one message per PID: the results below it are
 * that patient's. A message about one patient is not split, even if it repeats the PID, nor one
 * whose orders or specimens stand above their PID.
 *
 * @throws IngestError MISSING_FIELD at the PID-3 of a PID that identifies no patient,
 *   SEVERAL_PATIENTS at a PID whose NHS number is not the one of the same patient above it
 * @see HL7 v2.5.1 chapter 7.3.1, ORU_R01: { PID ... { OBR ... } }
 */
export const resultPatients = (message: Hl7Message, context: Context): Hl7Message[] => {
  const pids = message.segments.filter(({ name }) => name === 'PID')
  if (pids.length < 2 || hasHeadsAbove(message)) return [message]
  const patients = pids.map((pid) => readPatientOf(pid, null, context))
  if (new Set(patients.map(({ key }) => key)).size === 1) return [message]
  const numbers = new Map<string, string>()
  for (const { pid, key, details } of patients) {
    const number = details.nhsNumber ?? numbers.get(key)
    if (number === undefined) continue
    if ((numbers.get(key) ?? number) !== number)
      throw new IngestError('SEVERAL_PATIENTS', placeOf(pid))
    numbers.set(key, number)
  }
  return requiredGroups(message, 2)
}

/**
 * Splits a message that is about several patients by definition (A17, A24, A37, merges) into one
 * per PID. Segments before the first belong to none.
 *
 * @throws IngestError MISSING_FIELD at the first missing PID
 */
export const requiredGroups = (message: Hl7Message, least: number): Hl7Message[] => {
  const groups = cutAt(
    message,
    'PID',
    message.segments.filter(({ name }) => ofMessage.has(name)),
  )
  if (groups.length < least)
    throw new IngestError(
      'MISSING_FIELD',
      groups.length === 0 ? 'PID' : `PID[${groups.length + 1}]`,
    )
  return groups
}
