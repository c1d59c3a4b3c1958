import type { PatientsMerged } from '@tideway/schemas/events.generated'
import { IngestError } from '../errors.ts'
import type { Context } from '../mapping.ts'
import { fieldPlace, type Segment } from '../parse.ts'
import { readIdentifier, readIdentifiers } from '../values/cx.ts'
import { readNames } from '../values/xpn.ts'
import { keysOf } from './patient-keys.ts'

type Prior = Pick<PatientsMerged, 'prior' | 'priorKeys' | 'priorAccount' | 'priorVisit' | 'priorNames'>

/**
 * The patient numbers that are no longer used, every repetition of MRG-1. The survivor's own number may be among them.
 *
 * @param survivor  topic key of the patient who goes on
 * @throws IngestError MISSING_FIELD at MRG-1 if it names nobody this source may speak of
 * @throws IngestError SAME_PATIENT_MERGED at MRG-1 if it names nobody but the survivor
 */
export const readPrior = (mrg: Segment, survivor: string, context: Context): Prior => {
  const { source } = context
  const prior = readIdentifiers(mrg, 1, source)
  const keys = [...new Set(keysOf(prior, source))]
  if (keys.length === 0) throw new IngestError('MISSING_FIELD', fieldPlace(mrg, 1))
  const priorKeys = keys.filter((key) => key !== survivor)
  if (priorKeys.length === 0) throw new IngestError('SAME_PATIENT_MERGED', fieldPlace(mrg, 1))
  return { prior, priorKeys, priorAccount: readIdentifier(mrg, 3, source), priorVisit: readIdentifier(mrg, 5, source), priorNames: readNames(mrg, 7) }
}
