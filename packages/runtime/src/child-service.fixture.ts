import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

const running: ChildProcess[] = []

/** Ends every service a test started and did not end. */
export const killServices = (): void => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
}

/**
 * A service as a process of its own, as it is run, with what it says.
 *
 * @param main  its main.ts
 */
export const startService = (main: URL, settings: NodeJS.ProcessEnv) => {
  const child = spawn(process.execPath, [main.pathname], {
    detached: true,
    env: { ...process.env, ...settings },
  })
  running.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => code as number)

  /** Its log line with this message, the nth of them; rejects if it ends before it says so. */
  const line = async (message: string, nth = 1): Promise<Record<string, unknown>> => {
    for (;;) {
      const found = said.out.split('\n').filter((text) => text.includes(`"msg":"${message}"`))[
        nth - 1
      ]
      if (found !== undefined) return JSON.parse(found) as Record<string, unknown>
      await Promise.race([
        once(child.stdout, 'data'),
        ended.then(() => Promise.reject(new Error(`ended: ${said.out}${said.err}`))),
      ])
    }
  }
  return { child, said, ended, line }
}
