import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a process started, as its system says it: with the process id it names one process for ever,
 * where the id alone is used again.
 */
type Identity = string

const onLinux = (pid: number): Identity | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command's name stands in brackets and may hold spaces: count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state] = fields
    return state === 'Z' || state === 'X' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

const elsewhere = (pid: number): Identity | null => {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    }).trim()
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '')
  } catch {
    return null
  }
}

/** @returns null if there is no such process, or only what is left of one that ended */
export const identityOf = (pid: number): Identity | null =>
  process.platform === 'linux' ? onLinux(pid) : elsewhere(pid)
