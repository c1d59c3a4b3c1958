import { resolve } from 'node:path'

/**
 * Public examples are not part of this repository: they are beside the checkout or in CORPUS_DIR,
 * if present.
 */
export const corpusFolder = (part: 'hl7v2' | 'fhir'): string =>
  resolve(
    process.env['CORPUS_DIR'] ?? new URL('../../../../shared/corpus', import.meta.url).pathname,
    part,
  )
