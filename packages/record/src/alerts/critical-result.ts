import type { Observation } from '@tideway/schemas/events.generated'
import { isCriticalFlag } from './abnormal-flag.ts'

/** Statuses of an observation that leave no value to act on. */
const withoutValue: ReadonlySet<string | null> = new Set(['entered-in-error', 'cancelled'])

/** Whether an observation reports a critical value: LL, HH, AA, or a flag that says so in words. */
export const isCriticalResult = ({ status, flags }: Pick<Observation, 'status' | 'flags'>) =>
  !withoutValue.has(status) && flags.some(isCriticalFlag)
