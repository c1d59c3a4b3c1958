import { readFileSync } from 'node:fs'
import { pidFiles } from '../../stack/processes/pid-files.ts'

/** CPU time in seconds so far and resident memory in MiB of each process. */
export type Usage = Record<string, { cpuSeconds: number; residentMiB: number }>

const ticksPerSecond = 100

/**
 * @see proc(5): fields 14 and 15 of /proc/PID/stat, VmRSS of /proc/PID/status. Null where there
 *   is no /proc or no such process.
 */
const usageOf = (pid: number): Usage[string] | null => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /, '')
      .split(' ')
    const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      residentMiB: Number(resident ?? 0) / 1024,
    }
  } catch {
    return null
  }
}

const childrenOf = (pid: number): number[] => {
  try {
    const own = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1')
      .split(' ')
      .filter((text) => text !== '')
      .map(Number)
    return [...own, ...own.flatMap(childrenOf)]
  } catch {
    return []
  }
}

/** A process and its descendants, added up. */
const usageOfTree = (pid: number): Usage[string] | null => {
  const all = [pid, ...childrenOf(pid)].map(usageOf).filter((one) => one !== null)
  if (all.length === 0) return null
  return all.reduce((sum, one) => ({
    cpuSeconds: sum.cpuSeconds + one.cpuSeconds,
    residentMiB: sum.residentMiB + one.residentMiB,
  }))
}

/** Every process of a stack, found by its pid file. */
export const stackUsage = (pidsFolder: string): Usage => {
  const pids = pidFiles(pidsFolder)
  const usage: Usage = {}
  for (const name of pids.names()) {
    const pid = pids.running(name)
    const now = pid === null ? null : usageOfTree(pid)
    if (now !== null) usage[name] = now
  }
  return usage
}

export const processUsage = (pid: number | undefined): Usage[string] | null =>
  pid === undefined ? null : usageOf(pid)

/** CPU in microseconds a message by process; a process under one is left out. */
export const cpuPerMessage = (
  before: Usage,
  after: Usage,
  messages: number,
): Record<string, number> =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, { cpuSeconds }]): [string, number] => [
        name,
        ((cpuSeconds - (before[name]?.cpuSeconds ?? 0)) * 1e6) / Math.max(messages, 1),
      ])
      .filter(([, micros]) => micros >= 1),
  )
