import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Runs a program to its end.
 *
 * @returns the last line of its output, parsed as JSON
 * @throws Error with the end of its error output if it fails
 */
export const runJson = async <T>(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<T> => {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const out: string[] = []
  const err: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text))
  const [code] = (await once(child, 'close')) as [number | null]
  const last = out.join('').trim().split('\n').at(-1)
  if (code !== 0 || !last?.startsWith('{'))
    throw new Error(`${command} ${args[0] ?? ''} ended with ${code}: ${err.join('').slice(-600)}`)
  return JSON.parse(last) as T
}

/** Runs a program under `alone/` with its plan as JSON in the first argument. */
export const runAlone = <T>(name: string, plan: object): Promise<T> =>
  runJson<T>(process.execPath, [
    new URL(`./alone/${name}.ts`, import.meta.url).pathname,
    JSON.stringify(plan),
  ])

/** Starts a server and waits for its first line of output. */
export const startServer = async (
  command: string,
  args: readonly string[],
  options: { cwd?: string },
): Promise<ChildProcess> => {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'close').then(() => {
    throw new Error(`${command} ended before it listened`)
  })
  await Promise.race([once(child.stdout, 'data'), ended])
  ended.catch(() => undefined)
  child.stdout.resume()
  return child
}

export const stopServer = async (child: ChildProcess): Promise<void> => {
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  await closed
}
