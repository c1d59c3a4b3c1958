import type { Fix } from '../normalise/mapping.ts'

/**
 * Two quotes are sent in every field that is empty: they are not HL7's order to delete what is
 * known.
 */
export default { field: (asSent) => (asSent === '""' ? '' : asSent) } satisfies Fix
