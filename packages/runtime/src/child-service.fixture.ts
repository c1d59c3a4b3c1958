import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

const running: ChildProcess[] = []

/** Kills every service that a test started and did not stop. */
export const killServices = (): void => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
}

/**
 * Starts a service as a process and collects its output.
 *
 * @param main  its main.ts
 */
export const startService = (main: URL, settings: NodeJS.ProcessEnv) => {
  const child = spawn(process.execPath, [main.pathname], {
    detached: true,
    env: { ...process.env, ...settings },
  })
  running.push(child)
  const output = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => code as number)

  /** The nth log line with this message. Rejects if the process ends first. */
  const line = async (message: string, nth = 1): Promise<Record<string, unknown>> => {
    for (;;) {
      const found = output.out.split('\n').filter((text) => text.includes(`"msg":"${message}"`))[
        nth - 1
      ]
      if (found !== undefined) return JSON.parse(found) as Record<string, unknown>
      await Promise.race([
        once(child.stdout, 'data'),
        ended.then(() => Promise.reject(new Error(`ended: ${output.out}${output.err}`))),
      ])
    }
  }
  return { child, output, ended, line }
}
