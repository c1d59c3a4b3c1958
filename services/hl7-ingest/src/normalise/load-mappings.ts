import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Fix, Mapping } from './mapping.ts'

/** All mappings and fixes; the folders are the register. */
export type Mappings = {
  /** By message and trigger, e.g. `ADT^A01`; `MFN^*` for every trigger that has no mapping. */
  readonly types: ReadonlyMap<string, Mapping>
  /** By name, as sources list them. */
  readonly fixes: ReadonlyMap<string, Fix>
}

const modulesOf = async <T>(folder: string): Promise<[string, T][]> => {
  const dir = new URL(`../${folder}/`, import.meta.url)
  const files = (await readdir(dir))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort()
  return Promise.all(
    files.map(
      async (file) =>
        [
          basename(file, '.ts'),
          ((await import(new URL(file, dir).href)) as { default: T }).default,
        ] as [string, T],
    ),
  )
}

/**
 * The mapping of a message type; null if there is none. A message whose trigger event is not known
 * is read as others of its code only where the trigger says nothing that its segments do not say.
 */
export const mappingOf = ({ types }: Pick<Mappings, 'types'>, type: string): Mapping | null =>
  types.get(type) ?? types.get(`${type.split('^', 1)[0]}^*`) ?? null

/** @throws Error if two mappings handle the same type */
export const loadMappings = async (): Promise<Mappings> => {
  const types = new Map<string, Mapping>()
  for (const [file, mapping] of await modulesOf<Mapping>('mappings')) {
    for (const type of mapping.handles) {
      if (types.has(type))
        throw new Error(`${type} has two mappings, the second in mappings/${file}.ts`)
      types.set(type, mapping)
    }
  }
  return { types, fixes: new Map(await modulesOf<Fix>('fixes')) }
}
