import type { Source } from '@tideway/schemas/source'

/**
 * What of its source a message is read by: the zone of its times, and what its local codes stand
 * for.
 */
export type Terms = Pick<Source['hl7'], 'timeZone' | 'translations'>

/** A local code that no table of the source has, and where it stood. */
export type Untranslated = {
  field: string
  code: string
  text: string | null
  system: string | null
}

/** For what is looked at before its source is known. */
export const noTerms: Terms = { timeZone: 'UTC' }
