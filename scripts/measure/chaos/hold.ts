import { setTimeout as pause } from 'node:timers/promises'
import { homeOf } from '../../stack/home.ts'
import { pidFiles } from '../../stack/processes/pid-files.ts'

const endWithinMs = 30_000

/**
 * Ends processes of the stack (SIGTERM), keeps them from being started again while something is
 * done, and lets them start.
 */
export const whileStopped = async <T>(
  home: string,
  names: readonly string[],
  act: () => Promise<T>,
): Promise<T> => {
  const pids = pidFiles(homeOf({ TIDEWAY_HOME: home }).pids)
  for (const name of names) pids.hold(name)
  try {
    for (const name of names) {
      const pid = pids.running(name)
      if (pid !== null) process.kill(pid, 'SIGTERM')
    }
    for (const until = Date.now() + endWithinMs; Date.now() < until; await pause(100))
      if (names.every((name) => pids.running(name) === null)) break
    return await act()
  } finally {
    for (const name of names) pids.release(name)
  }
}
