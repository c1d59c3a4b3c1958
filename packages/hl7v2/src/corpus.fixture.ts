import { resolve } from 'node:path'

/**
 * Public examples are no part of this repository: they lie beside the checkout, or where CORPUS_DIR
 * says, or nowhere.
 */
export const corpusFolder = (part: 'hl7v2' | 'fhir'): string =>
  resolve(
    process.env['CORPUS_DIR'] ?? new URL('../../../../shared/corpus', import.meta.url).pathname,
    part,
  )
