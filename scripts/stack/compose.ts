import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkout, type Home } from './home.ts'
import { keptComposeSecrets } from './kept-secret.ts'
import { pidFiles } from './processes/pid-files.ts'

/**
 * @returns its standard output, or null if it failed or took longer than 10 s
 */
const output = (command: string, args: readonly string[]): Promise<string | null> =>
  new Promise((resolve) =>
    execFile(command, args, { timeout: 10_000 }, (error, printed) =>
      resolve(error === null ? printed : null),
    ),
  )

/** The compose command of this machine: the plugin, else docker-compose; null if it has neither. */
export const composeCommand = async (): Promise<string[] | null> => {
  if ((await output('docker', ['compose', 'version'])) !== null) return ['docker', 'compose']
  return (await output('docker-compose', ['--version'])) === null ? null : ['docker-compose']
}

/** Whether a Docker engine answers and compose is installed. */
export const engineAnswers = async (): Promise<boolean> =>
  (await output('docker', ['info'])) !== null && (await composeCommand()) !== null

/**
 * Runs compose with docker-compose.yml and the secrets of the home. Its output goes to the
 * terminal, because pulling images takes minutes. It has a pid file while it runs, so that stopping
 * this home also stops a download, even after kill -9 of this process.
 *
 * @param project  prefix of containers, networks and volumes
 * @throws Error if it cannot be run, fails or is killed
 */
export const compose = async (
  home: Home,
  project: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> => {
  const [command = 'docker', ...first] = (await composeCommand()) ?? ['docker', 'compose']
  const all = [...first, '-f', join(checkout, 'docker-compose.yml'), '-p', project, ...args]
  const pids = pidFiles(home.pids)
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command, all, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...keptComposeSecrets(home), ...env },
      cwd: checkout,
      detached: true,
    })
    if (child.pid !== undefined) pids.write('compose', child.pid)
    child.once('error', reject)
    child.once('close', (code, signal) =>
      code === 0
        ? resolve()
        : reject(new Error(`docker compose ${args[0]} failed (${signal ?? code})`)),
    )
  }).finally(() => pids.remove('compose'))
}

const containerOf = async (
  project: string,
  service: string,
  ...more: string[]
): Promise<string | null> => {
  const filters = [
    `label=com.docker.compose.project=${project}`,
    `label=com.docker.compose.service=${service}`,
    ...more,
  ]
  const found = await output('docker', [
    'ps',
    '--quiet',
    ...filters.flatMap((filter) => ['--filter', filter]),
  ])
  return found?.trim() || null
}

/**
 * Whether the health check of a service's container passes. An open port does not tell: the engine
 * accepts connections on a published port before anything in the container does.
 */
export const isHealthy = async (project: string, service: string): Promise<boolean> =>
  (await containerOf(project, service, 'health=healthy')) !== null

/**
 * Kills a service's container with SIGKILL and starts it again, because an engine does not restart
 * a container that was killed on purpose.
 *
 * @throws Error if it is not running, or cannot be restarted
 */
export const killContainer = async (project: string, service: string): Promise<void> => {
  const container = await containerOf(project, service)
  if (container === null) throw new Error(`${service} does not run in ${project}`)
  await output('docker', ['kill', '--signal', 'KILL', container])
  if ((await output('docker', ['start', container])) === null)
    throw new Error(`${service} of ${project} could not be restarted`)
}
