import type { FhirErrorCode, RequestFault } from '@tideway/fhir-ingest/errors'

/**
 * Faults of the file, whatever reads it: invalid by the R4 definitions, or without an identifiable
 * patient.
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

/** A path without array indexes: `Bundle.entry.resource.status`. */
const kindOf = (at: string | null): string => (at ?? 'request').replaceAll(/\[\d+\]/g, '')

/**
 * Why a file cannot be mapped; null if it is well-formed: it is not from a folder of deliberate
 * mistakes, is valid R4, and identifies its patient.
 *
 * @param file  path in the corpus
 * @param faults  faults that validation found
 */
export const fhirMalformation = (file: string, faults: readonly RequestFault[]): string | null => {
  if (file.split('/').slice(0, -1).includes('errors')) return 'in a folder of deliberate errors'
  const found = faults.find(({ code }) => ofSender.has(code))
  return found === undefined ? null : `${found.code} at ${kindOf(found.at)}`
}
