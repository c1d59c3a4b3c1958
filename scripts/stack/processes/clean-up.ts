import { setTimeout as wait } from 'node:timers/promises'
import type { Home } from '../home.ts'
import { type PidFiles, pidFiles } from './pid-files.ts'
import { signalGroup } from './launch.ts'

export const supervisorName = 'supervisor'

/** Services first, then the parts they depend on. */
export const endingOrder = [
  ['hl7-ingest'],
  ['archiver', 'projector', 'identity', 'record-api'],
  ['kafka', 'registry', 'mongodb', 's3', 'issuer'],
] as const

const gone = async (pids: PidFiles, name: string, withinMs: number): Promise<boolean> => {
  for (let waited = 0; waited < withinMs; waited += 100) {
    if (pids.running(name) === null) return true
    await wait(100)
  }
  return pids.running(name) === null
}

const endOne = async (pids: PidFiles, name: string): Promise<boolean> => {
  const pid = pids.running(name)
  if (pid !== null) {
    signalGroup(pid, 'SIGTERM')
    if (!(await gone(pids, name, 15_000))) signalGroup(pid, 'SIGKILL')
    await gone(pids, name, 5_000)
  }
  pids.remove(name)
  return pid !== null
}

/**
 * Ends the processes that a killed supervisor left running, by their pid files. A process id that
 * has been reused is not touched.
 *
 * @returns the names of the processes that were ended
 */
export const endLeftovers = async (home: Home): Promise<string[]> => {
  const pids = pidFiles(home.pids)
  const names = pids.names().filter((name) => name !== supervisorName)
  const known: readonly string[] = endingOrder.flat()
  const ended: string[] = []
  for (const group of [...endingOrder, names.filter((name) => !known.includes(name))]) {
    const results = await Promise.all(
      group
        .filter((name) => names.includes(name))
        .map(async (name) => ((await endOne(pids, name)) ? [name] : [])),
    )
    ended.push(...results.flat())
  }
  return ended
}
