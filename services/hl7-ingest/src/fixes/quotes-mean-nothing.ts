import type { Fix } from '../normalise/mapping.ts'

/** Two quotes are sent in every empty field, so they do not mean that a value is deleted. */
export default { field: (asSent) => (asSent === '""' ? '' : asSent) } satisfies Fix
