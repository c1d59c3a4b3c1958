import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DockerComposeEnvironment } from 'testcontainers'
import { readAddresses, requireAddresses } from './addresses.ts'
import { compose } from './compose.ts'
import { endContainers, usesDocker } from './containers.ts'
import { homeOf, makeHome } from './home.ts'
import { localS3Keys } from './parts/s3.ts'
import { ensurePublicIdKey, publicIdKeyFile } from './parts/public-id-key.ts'
import { freePorts } from './test-ports.ts'

/**
 * Global setup of the tests on the real stack. Parts whose address is in the environment are used;
 * else docker-compose.yml runs if a Docker engine answers; else, or if that fails,
 * scripts/stack.ts. What was started here is stopped here.
 */
const checkout = new URL('../..', import.meta.url).pathname
const needed = [
  'KAFKA_BROKERS',
  'SCHEMA_REGISTRY_URL',
  'MONGODB_URL',
  'S3_ENDPOINT',
  'OIDC_ISSUER',
] as const
const keys = () => ({
  S3_ACCESS_KEY_ID: localS3Keys(env).id,
  S3_SECRET_ACCESS_KEY: localS3Keys(env).secret,
  ISSUER_CLIENT_SECRET: 'tideway-local',
  S3_REGION: 'eu-west-2',
  S3_BUCKET: 'tideway-test',
})

type Stack = { addresses: Record<(typeof needed)[number], string>; stop: () => Promise<void> }
let stack: Stack | null = null

export const setup = async (): Promise<void> => {
  if (needed.some((name) => !process.env[name])) {
    stack = (await inContainers()) ?? (await startStack())
    Object.assign(process.env, stack.addresses)
  }
  ensurePublicIdKey(process.env)
  for (const [name, value] of Object.entries({ ...keys(), ...publicIdKeyFile(process.env) }))
    process.env[name] ||= value
}

export const teardown = async (): Promise<void> => {
  await stack?.stop()
}

const env = {
  ...process.env,
  TIDEWAY_HOME: process.env['TIDEWAY_TEST_HOME'] || join(checkout, '.tideway', 'test'),
  TIDEWAY_DOWNLOADS: process.env['TIDEWAY_DOWNLOADS'] || join(checkout, '.tideway', 'downloads'),
}
const home = homeOf(env)

const inContainers = async (): Promise<Stack | null> => {
  if (!(await usesDocker({ env, home }))) return null
  try {
    return await startContainers()
  } catch (error) {
    if (process.env['TIDEWAY_STACK'] === 'docker') throw error
    process.stderr.write(
      `${error instanceof Error ? error.message : JSON.stringify(error)}\nscripts/stack.ts starts the parts instead\n`,
    )
    return null
  }
}

const parts = ['kafka', 'registry', 'mongodb', 's3', 'issuer']

/**
 * One compose project for each test home, so that the next run finds and removes what a killed run
 * left.
 */
const project = `tideway-test-${createHash('sha256').update(home.root).digest('hex').slice(0, 8)}`
const removeContainers = () =>
  compose(home, project, ['down', '--volumes', '--remove-orphans'], env)

const startContainers = async (): Promise<Stack> => {
  const [kafka, registry, mongodb, s3, issuer] = (await freePorts(parts.length)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const issuerUrl = `http://127.0.0.1:${issuer}`
  const ports = {
    KAFKA_PORT: kafka,
    REGISTRY_PORT: registry,
    MONGODB_PORT: mongodb,
    S3_PORT: s3,
    ISSUER_PORT: issuer,
  }
  const settings = {
    ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    ...keys(),
    OIDC_ISSUER: issuerUrl,
  }
  // Testcontainers' clean-up container would publish a port on every address of this machine.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] ||= 'true'
  makeHome(home)
  await removeContainers()
  const started = await new DockerComposeEnvironment(checkout, 'docker-compose.yml')
    .withProjectName(project)
    .withEnvironment(settings)
    .withBuild()
    .withStartupTimeout(600_000)
    .up(parts)
  return {
    addresses: {
      KAFKA_BROKERS: `127.0.0.1:${kafka}`,
      SCHEMA_REGISTRY_URL: `http://127.0.0.1:${registry}/apis/ccompat/v7`,
      MONGODB_URL: `mongodb://127.0.0.1:${mongodb}`,
      S3_ENDPOINT: `http://127.0.0.1:${s3}`,
      OIDC_ISSUER: issuerUrl,
    },
    stop: async () => void (await started.down({ removeVolumes: true })),
  }
}

const startStack = async (): Promise<Stack> => {
  makeHome(home)
  await endContainers(home, { volumes: true })
  rmSync(home.data, { recursive: true, force: true })
  const child = spawn(process.execPath, [join(checkout, 'scripts/stack.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('stack ready')) resolve()
    })
    child.once('error', reject)
    void ended.then(() => reject(new Error(`the stack did not start:\n${said}`)))
  })
  const at = requireAddresses(readAddresses(env), 'kafka', 'registry', 'mongodb', 's3', 'issuer')
  return {
    addresses: {
      KAFKA_BROKERS: at.kafka,
      SCHEMA_REGISTRY_URL: at.registry,
      MONGODB_URL: at.mongodb,
      S3_ENDPOINT: at.s3,
      OIDC_ISSUER: at.issuer,
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      await endContainers(home, { volumes: true })
    },
  }
}
