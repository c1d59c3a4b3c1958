import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/**
 * Lowers the priority of a process. Linux schedules whole sessions against each other, and each of
 * our processes leads one, so the session's weight is set too. A priority that cannot be set is
 * left as it is.
 *
 * @param niceness  0 to 19
 * @see sched(7), The autogroup feature
 */
export const yieldProcessor = (pid: number, niceness: number): void => {
  try {
    setPriority(pid, niceness)
    if (process.platform === 'linux') writeFileSync(`/proc/${pid}/autogroup`, String(niceness))
  } catch {
    // The process runs with its priority unchanged.
  }
}
