import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/**
 * Lets a process yield the processor to those of priority 0. Linux weighs whole sessions against
 * each other, and each of ours leads one: there the session's weight is what counts. What cannot be
 * set stays as it is.
 *
 * @param niceness  0 to 19
 * @see sched(7), The autogroup feature
 */
export const yieldProcessor = (pid: number, niceness: number): void => {
  try {
    setPriority(pid, niceness)
    if (process.platform === 'linux') writeFileSync(`/proc/${pid}/autogroup`, String(niceness))
  } catch {
    // It runs all the same.
  }
}
