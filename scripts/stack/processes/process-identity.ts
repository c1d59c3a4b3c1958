import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a process started, as the system reports it. Together with the process id it identifies one
 * process; ids alone are reused.
 */
type Identity = string

const onLinux = (pid: number): Identity | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name is in parentheses and may contain spaces: fields are counted from the last
    // one.
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

/**
 * @returns null if there is no such process, or it is a zombie
 */
export const identityOf = (pid: number): Identity | null =>
  process.platform === 'linux' ? onLinux(pid) : elsewhere(pid)
