import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlannedSilence } from '@tideway/schemas/source'

type Source = { ods?: unknown; name?: unknown; plannedSilence?: PlannedSilence[] }

/** What is known of each organisation, by ODS code. */
export type KnownSources = {
  names: Map<string, string>
  plannedSilence: Map<string, PlannedSilence[]>
}

/**
 * Names and planned silences of organisations, from the source files.
 *
 * @throws Error if the folder or a file of it cannot be read
 */
export const loadSources = async (dir: string): Promise<KnownSources> => {
  const files = (await readdir(dir)).filter(
    (name) => name.endsWith('.json') && !name.endsWith('.schema.json'),
  )
  const sources = await Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(dir, name), 'utf8')) as Source),
  )
  const named = sources.flatMap(({ ods, ...rest }) =>
    typeof ods === 'string' ? [[ods, rest] as const] : [],
  )
  return {
    names: new Map(
      named.flatMap(([ods, { name }]) => (typeof name === 'string' ? [[ods, name]] : [])),
    ),
    plannedSilence: new Map(named.map(([ods, { plannedSilence = [] }]) => [ods, plannedSilence])),
  }
}
