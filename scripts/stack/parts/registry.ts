import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './fetch-once.ts'
import { answersHttp, mavenJars, type Part, type Site } from './part.ts'

const unpack =
  (signal: AbortSignal) =>
  async (folder: string): Promise<void> => {
    for (const archive of readdirSync(folder).filter((file) => file.endsWith('.tar.gz'))) {
      await run('tar', ['-xzf', join(folder, archive), '-C', folder], signal)
      rmSync(join(folder, archive))
    }
  }

/**
 * With two cores starting everything, opening its file takes longer than its default limit of 5 s.
 */
const patience = ['-Dquarkus.datasource.jdbc.acquisition-timeout=60S']

/**
 * Apicurio with its store in a file. In memory, its default, schema ids would change at every start
 * and old events would become unreadable.
 */
export const registryPart = async (site: Site): Promise<Part> => {
  const { home, ports, env, signal } = site
  const folder = await mavenJars(site, 'registry', unpack(signal))
  const jar = readdirSync(folder).find((file) => file.endsWith('-runner.jar'))
  if (jar === undefined) throw new Error(`no runner in ${folder}`)
  const data = join(home.data, 'registry')
  mkdirSync(data, { recursive: true })
  const address = `http://127.0.0.1:${ports.registry}/apis/ccompat/v7`
  return {
    what: 'schema registry, Apicurio 2.6',
    address,
    program: {
      name: 'registry',
      command: 'java',
      args: [
        '-Xmx384m',
        '-XX:+UseSerialGC',
        '-XX:TieredStopAtLevel=1',
        '-Dquarkus.http.host=127.0.0.1',
        `-Dquarkus.http.port=${ports.registry}`,
        ...patience,
        '-jar',
        join(folder, jar),
      ],
      env: { ...env, REGISTRY_DATASOURCE_URL: `jdbc:h2:file:${join(data, 'registry')}` },
      ready: async () =>
        (await fetch(`${address}/subjects`, { signal: AbortSignal.timeout(1_500) })).ok &&
        answersHttp(address),
      readyWithinMs: 90_000,
      graceMs: 10_000,
    },
  }
}
