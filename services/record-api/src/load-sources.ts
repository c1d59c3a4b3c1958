import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Names of organisations by ODS code, from the source files.
 *
 * @throws Error if the folder or a file of it cannot be read
 */
export const loadSourceNames = async (dir: string): Promise<Map<string, string>> => {
  const files = (await readdir(dir)).filter(
    (name) => name.endsWith('.json') && !name.endsWith('.schema.json'),
  )
  const sources = await Promise.all(
    files.map(
      async (name) =>
        JSON.parse(await readFile(join(dir, name), 'utf8')) as { ods?: unknown; name?: unknown },
    ),
  )
  return new Map(
    sources.flatMap(({ ods, name }) =>
      typeof ods === 'string' && typeof name === 'string' ? [[ods, name]] : [],
    ),
  )
}
