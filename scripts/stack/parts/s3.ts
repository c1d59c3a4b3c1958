import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { choice, readConfig } from '@tideway/runtime/config'
import { homeOf } from '../home.ts'
import { keptSecret } from '../kept-secret.ts'
import { keptKind } from './kept-kind.ts'
import { answersHttp, mavenJars, onPath, type Part, type Site } from './part.ts'

export const s3Choice = choice(
  'TIDEWAY_S3',
  'Object store of the local stack; auto takes versitygw if it is on PATH',
  ['auto', 'versitygw', 's3mock'],
  'auto',
)

/** Keys of the local store, which listens on 127.0.0.1 only; the secret is made for each home. */
export const localS3Keys = (env: NodeJS.ProcessEnv) => ({
  id: env['S3_ACCESS_KEY_ID'] || 'tideway',
  secret: env['S3_SECRET_ACCESS_KEY'] || keptSecret(homeOf(env), 'S3_SECRET_ACCESS_KEY'),
})

const versitygw = async ({ home, ports, env }: Site, command: string): Promise<Part> => {
  const data = join(home.data, 'versitygw')
  const keys = localS3Keys(env)
  mkdirSync(data, { recursive: true })
  const address = `http://127.0.0.1:${ports.s3}`
  return {
    what: 'S3 store, versitygw',
    address,
    program: {
      name: 's3',
      command,
      args: [
        '--port',
        `127.0.0.1:${ports.s3}`,
        '--region',
        'eu-west-2',
        '--quiet',
        '--keep-alive',
        'posix',
        data,
      ],
      env: { ...env, ROOT_ACCESS_KEY: keys.id, ROOT_SECRET_KEY: keys.secret },
      ready: () => answersHttp(address),
      readyWithinMs: 30_000,
      graceMs: 5_000,
    },
  }
}

const s3mock = async (site: Site): Promise<Part> => {
  const { home, ports, env } = site
  const jars = await mavenJars(site, 's3mock')
  const data = join(home.data, 's3mock')
  mkdirSync(data, { recursive: true })
  const address = `http://127.0.0.1:${ports.s3}`
  return {
    what: 'S3 store, S3Mock',
    address,
    program: {
      name: 's3',
      command: 'java',
      args: [
        ...[
          '-Xmx256m',
          '-XX:+UseSerialGC',
          '-XX:TieredStopAtLevel=1',
          '-cp',
          join(jars, '*'),
          'com.adobe.testing.s3mock.S3MockApplication',
        ],
        ...[
          `--com.adobe.testing.s3mock.http-port=${ports.s3}`,
          '--server.port=0',
          '--server.address=127.0.0.1',
        ],
        ...[
          `--spring.main.sources=${new URL('s3mock-loopback.xml', import.meta.url)}`,
          '--spring.main.banner-mode=off',
          '--logging.level.root=warn',
        ],
      ],
      env: {
        ...env,
        COM_ADOBE_TESTING_S3MOCK_STORE_ROOT: data,
        COM_ADOBE_TESTING_S3MOCK_STORE_RETAIN_FILES_ON_EXIT: 'true',
      },
      ready: () => answersHttp(address),
      readyWithinMs: 90_000,
      graceMs: 10_000,
    },
  }
}

export const s3Part = async (site: Site): Promise<Part> => {
  const { asked } = readConfig(site.env, { asked: s3Choice })
  const wanted = asked === 'auto' ? (keptKind(site.home, ['versitygw', 's3mock']) ?? 'auto') : asked
  const command = wanted === 's3mock' ? null : await onPath('versitygw', site.env)
  if (command !== null) return versitygw(site, command)
  if (wanted === 'versitygw')
    throw new Error(
      `versitygw is not on PATH, and ${asked === 'auto' ? 'wrote the data of this home (npm run reset throws it away)' : 'TIDEWAY_S3 asks for it'}`,
    )
  return s3mock(site)
}
