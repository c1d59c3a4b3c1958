import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { followFile } from '@tideway/runtime/follow-file'
import type { Log } from '@tideway/runtime/log'
import type { Metrics } from '@tideway/runtime/metrics'
import { type AppliedSources, appliedFile, type PlannedSilence } from '@tideway/schemas/source'

type Source = { ods?: unknown; name?: unknown; plannedSilence?: PlannedSilence[] }
type Loaded = Pick<AppliedSources, 'version'> & { sources: readonly Source[] }

const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(path, 'utf8')) as unknown

const readFiles = async (dir: string): Promise<Loaded> => {
  const files = (await readdir(dir)).filter(
    (name) => name.endsWith('.json') && !name.endsWith('.schema.json'),
  )
  const sources = await Promise.all(files.map((name) => readJson(join(dir, name))))
  return { version: 0, sources: sources as Source[] }
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

/** What is known of each organisation, by ODS code. */
const knowledge = () => {
  const names = new Map<string, string>()
  const plannedSilence = new Map<string, readonly PlannedSilence[]>()
  return {
    names: names as ReadonlyMap<string, string>,
    plannedSilence: plannedSilence as ReadonlyMap<string, readonly PlannedSilence[]>,
    replace: ({ sources }: Loaded): void => {
      names.clear()
      plannedSilence.clear()
      for (const { ods, name, plannedSilence: planned = [] } of sources) {
        if (typeof ods !== 'string') continue
        if (typeof name === 'string') names.set(ods, name)
        plannedSilence.set(ods, planned)
      }
    },
  }
}

/**
 * Names and planned silences of organisations, from the sources in force; the maps are updated when
 * others are applied.
 *
 * @throws Error if the folder or a file of it cannot be read
 */
export const followKnownSources = async (dir: string, metrics: Metrics, log: Log) => {
  let loaded = await load(dir)
  const { names, plannedSilence, replace } = knowledge()
  replace(loaded)
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
    replace(next)
    loaded = next
    log.info({ version: loaded.version }, 'sources taken over')
  })
  return { names, plannedSilence, close: follower.close }
}
