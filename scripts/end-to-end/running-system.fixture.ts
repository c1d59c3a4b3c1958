import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Addresses, readAddresses } from '../stack/addresses.ts'
import { checkout } from '../checks/tool.ts'

const readyLine = 'Tideway is ready'

export type RunningSystem = {
  /** Folder of its files, made for it and removed with it. */
  home: string
  /** Folder where downloads are kept between runs. */
  downloads: string
  addresses: Addresses
  process: ChildProcess
  /** Resolves with the exit code of `npm start`. */
  ended: Promise<number | null>
  /** What it has printed so far. */
  output: () => string
  /** Stops it and deletes its files and volumes. */
  remove: () => Promise<void>
}

/**
 * Starts the whole system as `npm start -- --no-demo` does, with a home of its own.
 *
 * @throws Error with what it printed, if it ends before it is ready
 */
export const startSystem = async (): Promise<RunningSystem> => {
  const home = mkdtempSync(join(tmpdir(), 'tideway-e2e-'))
  const downloads = process.env['TIDEWAY_DOWNLOADS'] || join(checkout, '.tideway', 'downloads')
  const env = { ...process.env, TIDEWAY_HOME: home, TIDEWAY_DOWNLOADS: downloads }
  const child = spawn(process.execPath, [join(checkout, 'scripts/start.ts'), '--no-demo'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  let printed = ''
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString()
        if (printed.includes(readyLine)) resolve()
      })
  })
  await Promise.race([ready, ended])
  if (!printed.includes(readyLine)) throw new Error(`the system did not start:\n${printed}`)
  const remove = async () => {
    child.kill('SIGTERM')
    await ended
    // With Docker its data is in volumes, which would outlive the folder.
    spawnSync(process.execPath, [join(checkout, 'scripts/reset.ts')], { env })
    rmSync(home, { recursive: true, force: true })
  }
  const addresses = readAddresses({ TIDEWAY_HOME: home })
  return { home, downloads, addresses, process: child, ended, output: () => printed, remove }
}
