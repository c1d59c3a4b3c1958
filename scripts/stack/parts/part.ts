import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run, fetchOnce } from './fetch-once.ts'
import type { Home } from '../home.ts'
import type { StackPorts } from '../ports.ts'
import type { Program } from '../processes/launch.ts'

/** Where a part runs: folders, ports and environment. */
export type Site = { home: Home; ports: StackPorts; env: NodeJS.ProcessEnv; signal: AbortSignal }

/** A part of the stack, downloaded and configured: its program and its address. */
export type Part = { program: Program; address: string; what: string }

/** The jars of `<pom>.pom.xml` in this folder; when its text changes they are downloaded again. */
export const mavenJars = (
  { home, signal }: Site,
  pom: string,
  then?: (folder: string) => Promise<void>,
): Promise<string> => {
  const file = fileURLToPath(new URL(`${pom}.pom.xml`, import.meta.url))
  const name = `${pom}-${createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 8)}`
  return fetchOnce({ downloads: home.downloads, name, lock: 'maven', signal }, async (folder) => {
    await run(
      'mvn',
      [
        '-q',
        '-B',
        '-f',
        file,
        'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies',
        `-DoutputDirectory=${folder}`,
      ],
      signal,
    )
    await then?.(folder)
  })
}

/** @returns the path of the first program of that name on PATH, or null */
export const onPath = async (name: string, env: NodeJS.ProcessEnv): Promise<string | null> => {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((entry) => entry !== '')) {
    const file = join(folder, name)
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (runs) return file
  }
  return null
}

export const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const done = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(1_000, () => done(false))
    socket.once('connect', () => done(true)).once('error', () => done(false))
  })

/** Whether a server answers, with any status below 500. */
export const answersHttp = async (url: string): Promise<boolean> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(1_500) })
  await response.body?.cancel()
  return response.status < 500
}
