import { isUnread, leaveFields, repetitions } from '@tideway/hl7v2/lexer/fields'
import type { Identifier, PatientsMerged } from '@tideway/schemas/events.generated'
import { IngestError } from '../errors.ts'
import type { Context } from '../normalise/mapping.ts'
import { fieldPlace, type Segment } from '@tideway/hl7v2/lexer/message'
import { readIdentifier, readIdentifiers } from '../datatypes/cx.ts'
import { readNames } from '../datatypes/xpn.ts'
import { leaveAllButNumber, numberAndGiver } from '../keys/encounter-id.ts'
import { keysOf } from '../keys/patient-keys.ts'

type Prior = Pick<
  PatientsMerged,
  'prior' | 'priorKeys' | 'priorAccount' | 'priorVisit' | 'priorNames'
>

/** All prior numbers of the patient: MRG-1, then MRG-4 and MRG-2, as before version 2.3. */
const readNumbers = (mrg: Segment, { source }: Context): Identifier[] =>
  [1, 4, 2].flatMap((field) => readIdentifiers(mrg, field, source))

/**
 * Each key gets an event with all keys, so the events of a message with thousands of keys would
 * exceed memory.
 */
const mostKeys = 100

/**
 * Topic keys of the patient in MRG-1, else MRG-4, else MRG-2 unless that may be a bare NHS number.
 *
 * @throws IngestError INVALID_FIELD at MRG-1 if there are more than a hundred
 */
export const readPriorKeys = (mrg: Segment, { source }: Context): string[] => {
  const own = keysOf(readIdentifiers(mrg, 1, source), source)
  const old = (field: number) => keysOf(readIdentifiers(mrg, field, source), source, true)
  let found = own
  for (const field of [4, 2]) if (found.length === 0) found = old(field)
  const keys = new Set(found)
  if (keys.size > mostKeys) throw new IngestError('INVALID_FIELD', fieldPlace(mrg, 1))
  return [...keys]
}

/**
 * The prior patient numbers. The survivor's own number may be among them.
 *
 * @param survivor  topic key of the surviving patient
 * @throws IngestError MISSING_FIELD at MRG-1 if it identifies no patient this source may report on
 * @throws IngestError SAME_PATIENT_MERGED at MRG-1 if it identifies only the survivor
 */
export const readPrior = (mrg: Segment, survivor: string, context: Context): Prior => {
  const { source } = context
  const keys = readPriorKeys(mrg, context)
  if (keys.length === 0) throw new IngestError('MISSING_FIELD', fieldPlace(mrg, 1))
  const priorKeys = keys.filter((key) => key !== survivor)
  if (priorKeys.length === 0) throw new IngestError('SAME_PATIENT_MERGED', fieldPlace(mrg, 1))
  return {
    prior: readNumbers(mrg, context),
    priorKeys,
    priorAccount: readIdentifier(mrg, 3, source),
    priorVisit: readIdentifier(mrg, 5, source),
    priorNames: readNames(mrg, 7),
  }
}

/**
 * Topic keys of the former patient in MRG of a move; empty if it identifies no patient.
 *
 * @throws IngestError SAME_PATIENT_MERGED at MRG-1 if it is the same patient
 */
export const readFormer = (mrg: Segment, key: string, context: Context): string[] => {
  const keys = readPriorKeys(mrg, context)
  if (keys.includes(key)) throw new IngestError('SAME_PATIENT_MERGED', fieldPlace(mrg, 1))
  return keys
}

/**
 * Where only the keys of a patient are reported: lists the rest of the numbers that were read, and
 * those that give none, as unused.
 *
 * @param reported  fields whose numbers are reported whole
 */
export const leaveAllButKeys = (
  mrg: Segment,
  { source }: Context,
  reported: readonly number[] = [],
): void => {
  const read = [1, 4, 2].filter((field) => !isUnread(mrg, field) && !reported.includes(field))
  for (const field of read) {
    const keys = keysOf(readIdentifiers(mrg, field, source), source, field !== 1)
    if (keys.length === 0 || repetitions(mrg, field).length > 1) leaveFields(mrg, [field])
    else leaveAllButNumber(mrg, field, numberAndGiver)
  }
}
