import type { Fix } from '../normalise/mapping.ts'

/** An unknown time is sent as zeros. */
export default { timestamp: (asSent) => (/^0+$/.test(asSent) ? null : asSent) } satisfies Fix
