import type { FhirErrorCode, RequestFault } from '@tideway/fhir-ingest/errors'

/**
 * Faults of what was sent, whoever reads it: not R4 by its own definitions, or of no patient who
 * can be told.
 */
const ofSender: ReadonlySet<FhirErrorCode> = new Set([
  'NOT_JSON',
  'TOO_DEEP',
  'UNKNOWN_RESOURCE',
  'INVALID_STRUCTURE',
  'INVALID_VALUE',
  'MISSING_ELEMENT',
  'INVARIANT',
  'WRONG_TYPE',
  'WRONG_ID',
  'MISSING_SUBJECT',
  'DANGLING_REFERENCE',
  'UNKNOWN_PATIENT',
  'SEVERAL_PATIENTS',
  'DUPLICATE_ENTRY',
])

/** A place without which one of several it is: `Bundle.entry.resource.status`. */
const kindOf = (at: string | null): string => (at ?? 'request').replaceAll(/\[\d+\]/g, '')

/**
 * Why nobody could have mapped a file, or null if it is well-formed: it is not from a folder of
 * mistakes, holds what R4 asks for, and says by an identifier of whom it speaks.
 *
 * @param file    path in the corpus
 * @param faults  what was found wrong with it
 */
export const fhirMalformation = (file: string, faults: readonly RequestFault[]): string | null => {
  if (file.split('/').slice(0, -1).includes('errors'))
    return 'in a folder of mistakes made on purpose'
  const found = faults.find(({ code }) => ofSender.has(code))
  return found === undefined ? null : `${found.code} at ${kindOf(found.at)}`
}
