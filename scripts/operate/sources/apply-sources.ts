import { userInfo } from 'node:os'
import { readApplied, writeApplied } from '@tideway/ingest/applied-sources'
import { differenceOf, inWords } from './difference.ts'
import { readFolder } from './folder.ts'
import { waitUntilTaken } from './taken-over.ts'

/**
 * Makes the source files the set in force, and waits until the services use it.
 *
 * @returns whether they all do
 * @throws ConfigError with every problem; then nothing has changed
 */
export const applySources = async (env: NodeJS.ProcessEnv): Promise<boolean> => {
  const { dir, sources } = await readFolder(env)
  const before = readApplied(dir)
  const changes = before === null ? null : inWords(differenceOf(before.sources, sources))
  if (before !== null && changes === null) {
    console.log(`Nothing has changed: version ${before.version} is in force.`)
    return waitUntilTaken(env, before.version)
  }
  const { version } = writeApplied(dir, sources, userInfo().username)
  console.log(
    `Version ${version} is in force: ${sources.length} sources (${changes ?? 'the first set that is applied'}).`,
  )
  return waitUntilTaken(env, version)
}
