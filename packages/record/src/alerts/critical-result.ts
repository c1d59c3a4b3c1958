import type { Observation } from '@tideway/schemas/events.generated'

/** Below or above critical limits, and critically abnormal. @see HL7 v2.9 table 0078 */
const criticalFlags: ReadonlySet<string> = new Set(['LL', 'HH', 'AA'])

/** OBX-11 of a value that was deleted or cannot be obtained. @see HL7 v2.9 table 0085 */
const withoutValue: ReadonlySet<string | null> = new Set(['D', 'X'])

/** Whether an observation reports a critical value. */
export const isCriticalResult = ({ status, flags }: Pick<Observation, 'status' | 'flags'>) =>
  !withoutValue.has(status) && flags.some((flag) => criticalFlags.has(flag))
