import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { followFile } from '@tideway/runtime/follow-file'
import type { Log } from '@tideway/runtime/log'
import type { Metrics } from '@tideway/runtime/metrics'
import { type AppliedSources, appliedFile } from '@tideway/schemas/source'

type Named = { ods?: unknown; name?: unknown }
type Loaded = Pick<AppliedSources, 'version'> & { sources: readonly Named[] }

const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(path, 'utf8')) as unknown

const readFiles = async (dir: string): Promise<Loaded> => {
  const files = (await readdir(dir)).filter(
    (name) => name.endsWith('.json') && !name.endsWith('.schema.json'),
  )
  const sources = await Promise.all(files.map((name) => readJson(join(dir, name))))
  return { version: 0, sources: sources as Named[] }
}

/** The applied set; the source files if none was applied. */
const load = async (dir: string): Promise<Loaded> => {
  try {
    return (await readJson(join(dir, appliedFile))) as Loaded
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return readFiles(dir)
    throw error
  }
}

const namesOf = ({ sources }: Loaded): [string, string][] =>
  sources.flatMap(({ ods, name }): [string, string][] =>
    typeof ods === 'string' && typeof name === 'string' ? [[ods, name]] : [],
  )

/**
 * Names of organisations by ODS code, from the sources in force; the map is updated when others are
 * applied.
 *
 * @throws Error if the folder or a file of it cannot be read
 */
export const followSourceNames = async (dir: string, metrics: Metrics, log: Log) => {
  let loaded = await load(dir)
  const current = new Map(namesOf(loaded))
  metrics.gauge(
    'sources_version',
    'Number of the applied set of sources in use; 0: the source files, none was applied',
    ['worker'],
    (gauge) => gauge.set({ worker: 0 }, loaded.version),
  )
  const follower = followFile(join(dir, appliedFile), async () => {
    const next = await load(dir).catch((cause: unknown) => {
      log.error({ cause, version: loaded.version }, 'applied sources refused, keeping those before')
      throw cause
    })
    if (next.version === loaded.version) return
    loaded = next
    current.clear()
    for (const [ods, name] of namesOf(loaded)) current.set(ods, name)
    log.info({ version: loaded.version }, 'sources taken over')
  })
  return { current: current as ReadonlyMap<string, string>, close: follower.close }
}
