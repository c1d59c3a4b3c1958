import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { choice, readConfig } from '@tideway/runtime/config'
import { compose, engineAnswers, isHealthy } from './compose.ts'
import type { Home } from './home.ts'
import { accepts, answersHttp, type Site } from './parts/part.ts'
import { localS3Keys } from './parts/s3.ts'

/** The parts that run in containers; the issuer and the services are always processes. */
const containerParts = ['kafka', 'registry', 'mongodb', 's3'] as const
export type ContainerPart = (typeof containerParts)[number]
export const isContainerPart = (name: string): name is ContainerPart =>
  (containerParts as readonly string[]).includes(name)

const stackChoice = choice(
  'TIDEWAY_STACK',
  'What runs the parts of the local stack; auto takes Docker if an engine answers',
  ['auto', 'docker', 'processes'],
  'auto',
)

/** Whether this home has data in volumes; a second start must use them again. */
const stackOf = ({ env, home }: Pick<Site, 'env' | 'home'>): 'auto' | 'docker' | 'processes' => {
  const { asked } = readConfig(env, { asked: stackChoice })
  if (asked !== 'auto') return asked
  if (hasContainerData(home)) return 'docker'
  return existsSync(join(home.data, 'kafka')) ? 'processes' : 'auto'
}

/** @throws Error if Docker is asked for, or has the data, and does not answer */
export const usesDocker = async (site: Pick<Site, 'env' | 'home'>): Promise<boolean> => {
  const wanted = stackOf(site)
  if (wanted === 'processes') return false
  const answers = await engineAnswers()
  if (!answers && wanted === 'docker')
    throw new Error('this home runs in Docker, and no Docker engine with compose answers')
  return answers
}

/**
 * The compose project of a home, so that two homes have separate containers and volumes. The name
 * is kept while there may be volumes.
 */
const projectFile = (home: Home) => join(home.root, 'docker-project')
export const hasContainerData = (home: Home): boolean => existsSync(projectFile(home))
const runningFile = (home: Home) => join(home.pids, 'containers')

const projectOf = (home: Home) =>
  `tideway-${createHash('sha256').update(home.root).digest('hex').slice(0, 8)}`

const addressesOf = ({ ports }: Site) => ({
  kafka: `127.0.0.1:${ports.kafka}`,
  registry: `http://127.0.0.1:${ports.registry}/apis/ccompat/v7`,
  mongodb: `mongodb://127.0.0.1:${ports.mongodb}/?directConnection=true`,
  s3: `http://127.0.0.1:${ports.s3}`,
})

/** Whether published ports are reachable on this machine: the engine may be on another. */
const answering = ({ ports }: Site): Record<ContainerPart, () => Promise<boolean>> => ({
  kafka: () => accepts(ports.kafka),
  registry: async () =>
    (
      await fetch(`http://127.0.0.1:${ports.registry}/apis/ccompat/v7/subjects`, {
        signal: AbortSignal.timeout(1_500),
      })
    ).ok,
  mongodb: () => accepts(ports.mongodb),
  s3: () => answersHttp(`http://127.0.0.1:${ports.s3}`),
})

const portSettings = ({ ports, env }: Site): NodeJS.ProcessEnv => ({
  ...env,
  KAFKA_PORT: String(ports.kafka),
  REGISTRY_PORT: String(ports.registry),
  MONGODB_PORT: String(ports.mongodb),
  S3_PORT: String(ports.s3),
  S3_ACCESS_KEY_ID: localS3Keys(env).id,
  S3_SECRET_ACCESS_KEY: localS3Keys(env).secret,
})

const readyWithinMs = 180_000

/**
 * Runs the parts in containers and waits until each is healthy and answers.
 *
 * @throws Error if compose fails or a part does not answer in time
 */
export const startContainers = async (
  site: Site,
  parts: readonly ContainerPart[],
  onReady: (part: ContainerPart, address: string) => void,
): Promise<void> => {
  const { home, signal } = site
  const project = projectOf(home)
  writeFileSync(projectFile(home), project)
  writeFileSync(runningFile(home), project)
  await compose(home, project, ['up', '-d', ...parts], portSettings(site))
  const checks = answering(site)
  const until = performance.now() + readyWithinMs
  const waitFor = async (part: ContainerPart): Promise<void> => {
    while (!((await isHealthy(project, part)) && (await checks[part]().catch(() => false)))) {
      signal.throwIfAborted()
      if (performance.now() > until)
        throw new Error(
          `${part} did not answer in ${readyWithinMs / 1000} s; docker compose -p ${project} logs ${part}`,
        )
      await wait(300)
    }
    onReady(part, addressesOf(site)[part])
  }
  await Promise.all(parts.map(waitFor))
}

/**
 * @returns the project whose containers run for this home; null if none do
 */
export const runningProject = (home: Home): string | null => readProject(runningFile(home))

const readProject = (file: string): string | null =>
  existsSync(file) ? readFileSync(file, 'utf8').trim() : null

/**
 * Removes the containers of this home and, with `volumes`, their data.
 *
 * @returns false if there were none
 */
export const endContainers = async (
  home: Home,
  { volumes }: { volumes: boolean },
): Promise<boolean> => {
  const project = readProject(volumes ? projectFile(home) : runningFile(home))
  if (project === null) return false
  await compose(
    home,
    project,
    ['down', '--remove-orphans', ...(volumes ? ['--volumes'] : [])],
    process.env,
  )
  rmSync(runningFile(home), { force: true })
  if (volumes) rmSync(projectFile(home), { force: true })
  return true
}
