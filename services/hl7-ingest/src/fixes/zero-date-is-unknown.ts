import type { Fix } from '../normalise/mapping.ts'

/** A time that is not known is sent as zeros. */
export default { timestamp: (asSent) => (/^0+$/.test(asSent) ? null : asSent) } satisfies Fix
