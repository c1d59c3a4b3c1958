import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identityOf } from './process-identity.ts'

const read = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

/**
 * `<name>.pid` holds the process id only; `<name>.started` holds when that process started, so that
 * a reused id is not mistaken for ours.
 */
export const pidFiles = (folder: string) => ({
  write(name: string, pid: number): void {
    writeFileSync(join(folder, `${name}.started`), identityOf(pid) ?? '')
    writeFileSync(join(folder, `${name}.pid`), `${pid}\n`)
  },

  remove(name: string): void {
    for (const ending of ['pid', 'started'])
      rmSync(join(folder, `${name}.${ending}`), { force: true })
  },

  /**
   * @returns the process id, if it is still that process
   */
  running(name: string): number | null {
    const pid = Number(read(join(folder, `${name}.pid`)) ?? 0)
    if (!Number.isInteger(pid) || pid <= 1) return null
    const now = identityOf(pid)
    return now !== null && now === read(join(folder, `${name}.started`)) ? pid : null
  },

  /** Keeps the supervisor from starting it again once it ends, until it is released. */
  hold: (name: string): void => writeFileSync(join(folder, `${name}.held`), ''),
  release: (name: string): void => rmSync(join(folder, `${name}.held`), { force: true }),
  isHeld: (name: string): boolean => existsSync(join(folder, `${name}.held`)),

  names: (): string[] => {
    try {
      return readdirSync(folder)
        .filter((file) => file.endsWith('.pid'))
        .map((file) => file.slice(0, -'.pid'.length))
    } catch {
      return []
    }
  },
})

export type PidFiles = ReturnType<typeof pidFiles>
