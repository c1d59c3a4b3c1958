import type { Identifier, PatientsMerged } from '@tideway/schemas/events.generated'
import { IngestError } from '../errors.ts'
import type { Context } from '../normalise/mapping.ts'
import { fieldPlace, type Segment } from '@tideway/hl7v2/lexer/message'
import { readIdentifier, readIdentifiers } from '../datatypes/cx.ts'
import { readNames } from '../datatypes/xpn.ts'
import { keysOf } from '../keys/patient-keys.ts'

type Prior = Pick<
  PatientsMerged,
  'prior' | 'priorKeys' | 'priorAccount' | 'priorVisit' | 'priorNames'
>

/** Every number of the patient before: MRG-1, then MRG-4 and MRG-2, as before version 2.3. */
const readNumbers = (mrg: Segment, { source }: Context): Identifier[] =>
  [1, 4, 2].flatMap((field) => readIdentifiers(mrg, field, source))

/**
 * Every key of MRG is told, under every key: a message of thousands would grow to more than memory
 * holds.
 */
const mostKeys = 100

/**
 * Topic keys of who MRG-1 names; where it names nobody MRG-4, then MRG-2, if that is no NHS number
 * written without its name.
 *
 * @throws IngestError INVALID_FIELD at MRG-1 if they are more than a hundred
 */
export const readPriorKeys = (mrg: Segment, { source }: Context): string[] => {
  const own = keysOf(readIdentifiers(mrg, 1, source), source)
  const old = (field: number) => keysOf(readIdentifiers(mrg, field, source), source, true)
  const keys = new Set([own, old(4), old(2)].find((some) => some.length > 0) ?? [])
  if (keys.size > mostKeys) throw new IngestError('INVALID_FIELD', fieldPlace(mrg, 1))
  return [...keys]
}

/**
 * The patient numbers that are no longer used. The survivor's own number may be among them.
 *
 * @param survivor  topic key of the patient who goes on
 * @throws IngestError MISSING_FIELD at MRG-1 if it names nobody this source may speak of
 * @throws IngestError SAME_PATIENT_MERGED at MRG-1 if it names nobody but the survivor
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
 * Another patient than the one in PID, from whom something is moved, by every key MRG has for them;
 * none if MRG names nobody.
 *
 * @throws IngestError SAME_PATIENT_MERGED at MRG-1 if it names the same patient
 */
export const readFormer = (mrg: Segment, key: string, context: Context): string[] => {
  const keys = readPriorKeys(mrg, context)
  if (keys.includes(key)) throw new IngestError('SAME_PATIENT_MERGED', fieldPlace(mrg, 1))
  return keys
}
