import type { Identifier, PatientDetailsReported } from '@tideway/schemas/events.generated'
import { isPlaceholderKey } from '@tideway/schemas/public-id'
import { IngestError } from '../../errors.ts'
import type { Context } from '../../normalise/mapping.ts'
import {
  fieldPlace,
  type Hl7Message,
  placeOf,
  type Segment,
  segmentOf,
} from '@tideway/hl7v2/lexer/message'
import { readIdentifiers } from '../../datatypes/cx.ts'
import {
  isMarkedAsChi,
  isNhsNumber,
  validChiNumber,
  validNhsNumber,
} from '../../datatypes/nhs-number.ts'
import { readDisabilities } from '../../segments/db1.ts'
import { isInForce } from '../../keys/in-force.ts'
import { readPatientKey } from '../../keys/patient-keys.ts'
import { deletedInPd1, readPd1 } from '../../segments/pd1.ts'
import { readZSegments } from '../../segments/z-segments.ts'
import { readNhsNumber, readPid } from '../../segments/pid.ts'

/** `key` is the topic key of the source patient. */
export type MessagePatient = { key: string; pid: Segment; details: PatientDetailsReported }

/**
 * The patient of a message, from PID, PD1, DB1 and Z segments.
 *
 * @throws IngestError MISSING_FIELD at PID or PID-3, SEVERAL_PATIENTS, INVALID_FIELD at PID-3 if a
 *   number there is not valid, or not at the time
 */
export const readPatient = (message: Hl7Message, context: Context): MessagePatient => {
  const pid = segmentOf(message, 'PID')
  if (pid === null) throw new IngestError('MISSING_FIELD', 'PID')
  const patient = readPatientOf(pid, segmentOf(message, 'PD1'), context)
  patient.details.zSegments = readZSegments(message)
  patient.details.disabilities = readDisabilities(message, context)
  for (const other of message.segments)
    if (other.name === 'PID' && other !== pid) requireSame(patient, other, context)
  return patient
}

/**
 * The patient of one PID, for messages that have several by definition (A40).
 *
 * @throws IngestError as `readPatient`
 */
export const readPatientOf = (
  pid: Segment,
  pd1: Segment | null,
  context: Context,
): MessagePatient => {
  const ids = readIdentifiers(pid, 3, context.source)
  const key = readPatientKey(pid, ids, context)
  if (key === null) throw unidentified(pid, ids, context)
  const details = readPid(pid, ids, pd1 === null ? [] : deletedInPd1(pd1), context)
  return {
    key,
    pid,
    details: pd1 === null ? details : Object.assign(details, readPd1(pd1, context)),
  }
}

/**
 * Why a PID identifies nobody: two NHS numbers, one that is not valid or not in force, or none.
 *
 * @throws IngestError SEVERAL_PATIENTS
 */
const unidentified = (pid: Segment, ids: readonly Identifier[], context: Context): IngestError => {
  const { source, production } = context
  const place = fieldPlace(pid, 3)
  readNhsNumber(pid, ids, context)
  if (new Set(ids.map(validChiNumber).filter((number) => number !== null)).size > 1)
    return new IngestError('SEVERAL_PATIENTS', place)
  const isUsable = (one: Identifier) =>
    isInForce(one, pid.message, source) &&
    (!isNhsNumber(one, source) || validNhsNumber(one.value, production) !== null) &&
    (!isMarkedAsChi(one) || validChiNumber(one) !== null)
  return new IngestError(ids.every(isUsable) ? 'MISSING_FIELD' : 'INVALID_FIELD', place)
}

/**
 * A second PID may only repeat the first: otherwise it is unclear whose results follow.
 *
 * @throws IngestError SEVERAL_PATIENTS at the second PID
 */
const requireSame = (patient: MessagePatient, other: Segment, context: Context): void => {
  const ids = readIdentifiers(other, 3, context.source)
  const number = readNhsNumber(other, ids, context)
  const contradicts =
    number !== null && patient.details.nhsNumber !== null && number !== patient.details.nhsNumber
  const repeats = isPlaceholderKey(patient.key)
    ? [3, 5, 7].every((field) => other.fields[field] === patient.pid.fields[field])
    : readPatientKey(other, ids, context) === patient.key
  if (contradicts || !repeats) throw new IngestError('SEVERAL_PATIENTS', placeOf(other))
}
