import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { identityOf } from '../processes/process-identity.ts'

const text = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** Holds the lock `file` while `act` runs; waits while another running process holds it. */
const locked = async <T>(file: string, signal: AbortSignal, act: () => Promise<T>): Promise<T> => {
  const me = `${process.pid} ${identityOf(process.pid)}`
  for (;;) {
    signal.throwIfAborted()
    try {
      writeFileSync(file, me, { flag: 'wx' })
      break
    } catch {
      const [pid = '', ...started] = (text(file) ?? '').split(' ')
      if (identityOf(Number(pid)) !== started.join(' ')) rmSync(file, { force: true })
      else await pause(500)
    }
  }
  try {
    return await act()
  } finally {
    rmSync(file, { force: true })
  }
}

/**
 * Downloads once and atomically, also if several processes start at the same time.
 *
 * @param name  folder under `downloads`; it contains the version, so a new version is a new folder
 * @param lock  downloads with the same lock run one after the other, as Maven's local store needs
 * @param fetch fills the folder, which is empty when it starts
 * @returns the folder
 */
export const fetchOnce = async (
  of: { downloads: string; name: string; lock: string; signal: AbortSignal },
  fetch: (folder: string) => Promise<void>,
): Promise<string> => {
  const folder = join(of.downloads, of.name)
  const complete = join(folder, '.complete')
  if (text(complete) !== null) return folder
  return locked(join(of.downloads, `.lock-${of.lock}`), of.signal, async () => {
    if (text(complete) !== null) return folder
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    await fetch(folder)
    writeFileSync(complete, '')
    return folder
  })
}

/**
 * Runs a tool and waits for it.
 *
 * @throws Error with the last lines of its output, if it fails
 */
export const run = (
  command: string,
  args: readonly string[],
  signal: AbortSignal,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], signal, env })
    let last = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (last = (last + chunk.toString()).slice(-2_000)))
    child.once('error', (cause) => reject(new Error(`${command} could not run`, { cause })))
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} failed (${code}):\n${last.trim()}`)),
    )
  })
