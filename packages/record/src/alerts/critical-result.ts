import type { Observation } from '@tideway/schemas/events.generated'

/** Below or above critical limits, and critically abnormal. @see HL7 v2.9 table 0078 */
const criticalFlags: ReadonlySet<string> = new Set(['LL', 'HH', 'AA'])

/** Statuses of an observation that leave no value to act on. */
const withoutValue: ReadonlySet<string | null> = new Set(['entered-in-error', 'cancelled'])

/** Whether an observation reports a critical value. */
export const isCriticalResult = ({ status, flags }: Pick<Observation, 'status' | 'flags'>) =>
  !withoutValue.has(status) && flags.some((flag) => criticalFlags.has(flag))
