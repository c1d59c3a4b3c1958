import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pidFiles } from '../stack/pid-files.ts'

export type Kill = { names: string[]; at: number; /** Milliseconds until every service said ready again; null: not within the limit. */ recoveredMs: number | null }

const recoverWithinMs = 120_000

const isReady = async (address: string): Promise<boolean> => {
  try {
    const response = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(3_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

/**
 * Kills the processes of the pid files with SIGKILL and waits until each is another process and every service is ready.
 *
 * @param health  address of each service
 */
export const killAndWait = async (home: string, health: Record<string, string>, names: readonly string[]): Promise<Kill> => {
  const pids = pidFiles(join(home, 'pids'))
  const before = names.map((name) => pids.running(name))
  const at = Date.now()
  for (const pid of before) if (pid !== null) process.kill(pid, 'SIGKILL')
  for (const until = at + recoverWithinMs; Date.now() < until; await pause(100)) {
    const after = names.map((name) => pids.running(name))
    if (after.some((pid, index) => pid === null || pid === before[index])) continue
    const ready = await Promise.all(Object.values(health).map(isReady))
    if (ready.every((one) => one)) return { names: [...names], at, recoveredMs: Date.now() - at }
  }
  return { names: [...names], at, recoveredMs: null }
}
