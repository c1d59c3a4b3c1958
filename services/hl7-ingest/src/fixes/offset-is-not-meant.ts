import type { Fix } from '../normalise/mapping.ts'

/**
 * Times are local times; the offset beside them is a constant of the sender's software (`+0000` in
 * July) and is left out.
 */
export default { timestamp: (asSent) => asSent.replace(/(\d)[+-]\d{4}$/, '$1') } satisfies Fix
