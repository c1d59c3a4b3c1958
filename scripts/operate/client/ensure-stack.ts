import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readAddresses } from '../../stack/addresses.ts'
import { pollUntil } from './poll.ts'
import { checkout } from '../../stack/home.ts'

const startWithinMs = 300_000

const isUp = async (env: NodeJS.ProcessEnv): Promise<boolean> => {
  const { recordApi } = readAddresses(env)
  if (recordApi === null) return false
  return fetch(`${recordApi}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}

/**
 * Makes sure that the stack of this home runs: starts it if it does not. Its data is kept.
 *
 * @returns stops what was started here
 * @throws Error if it does not come up
 */
export const ensureStack = async (env: NodeJS.ProcessEnv): Promise<() => Promise<void>> => {
  if (await isUp(env)) return async () => undefined
  const child = spawn(process.execPath, ['scripts/start.ts', '--no-demo'], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const up = await pollUntil(
    () => isUp(env),
    (ready) => ready || child.exitCode !== null,
    startWithinMs,
    500,
  )
  if (!up) {
    child.kill('SIGTERM')
    throw new Error('the stack did not come up')
  }
  return async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
}
