import { setTimeout as pause } from 'node:timers/promises'
import { isHealthy, killContainer } from '../../stack/compose.ts'
import { isContainerPart, runningProject } from '../../stack/containers.ts'
import { homeOf } from '../../stack/home.ts'
import { pidFiles } from '../../stack/processes/pid-files.ts'

export type Kill = {
  names: string[]
  at: number /** Milliseconds until every service said ready again; null: not within the limit. */
  recoveredMs: number | null
}

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

/** Those of these services and parts that belong to the stack of a home, and not to others. */
export const ownedBy = (home: string, names: readonly string[]): string[] => {
  const ours = homeOf({ TIDEWAY_HOME: home })
  const pids = pidFiles(ours.pids)
  const isContained = runningProject(ours) !== null
  return names.filter(
    (name) => pids.running(name) !== null || (isContained && isContainerPart(name)),
  )
}

/** Waits until every service is ready. @returns whether it is, in time */
export const allReady = async (
  health: Record<string, string>,
  withinMs: number,
): Promise<boolean> => {
  for (const until = Date.now() + withinMs; Date.now() < until; await pause(100))
    if ((await Promise.all(Object.values(health).map(isReady))).every((one) => one)) return true
  return false
}

/**
 * Kills processes (by pid file) and containers with SIGKILL, and waits until each has been replaced
 * or is healthy again and every service is ready.
 *
 * @param health  health address of each service
 */
export const killAndWait = async (
  home: string,
  health: Record<string, string>,
  names: readonly string[],
): Promise<Kill> => {
  const at = Date.now()
  const ours = homeOf({ TIDEWAY_HOME: home })
  const project = runningProject(ours)
  const contained =
    project === null ? [] : names.filter(isContainerPart).map((part) => ({ project, part }))
  const programs = names.filter((name) => !contained.some(({ part }) => part === name))
  const pids = pidFiles(ours.pids)
  const before = programs.map((name) => pids.running(name))
  for (const pid of before) if (pid !== null) process.kill(pid, 'SIGKILL')
  await Promise.all(contained.map(({ project, part }) => killContainer(project, part)))
  for (const until = at + recoverWithinMs; Date.now() < until; await pause(100)) {
    const after = programs.map((name) => pids.running(name))
    if (after.some((pid, index) => pid === null || pid === before[index])) continue
    const healthy = await Promise.all(
      contained.map(({ project, part }) => isHealthy(project, part)),
    )
    if (healthy.includes(false)) continue
    const ready = await Promise.all(Object.values(health).map(isReady))
    if (ready.every((one) => one)) return { names: [...names], at, recoveredMs: Date.now() - at }
  }
  return { names: [...names], at, recoveredMs: null }
}
