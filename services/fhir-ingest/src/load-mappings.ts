import { readdir } from 'node:fs/promises'
import { loadDefinitions } from '@tideway/fhir/definitions'
import type { ResourceMapping } from './mapping.ts'

/** Mapping of each resource type. The folder is the register. */
export type ResourceMappings = ReadonlyMap<string, ResourceMapping>

/**
 * Loads the R4 definitions, then every mapping.
 *
 * @throws Error if two mappings handle the same type
 */
export const loadMappings = async (): Promise<ResourceMappings> => {
  loadDefinitions()
  const dir = new URL('./mappings/', import.meta.url)
  const files = (await readdir(dir))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort()
  const types = new Map<string, ResourceMapping>()
  for (const file of files) {
    const { default: mapping } = (await import(new URL(file, dir).href)) as {
      default: ResourceMapping
    }
    for (const type of mapping.handles) {
      if (types.has(type))
        throw new Error(`${type} has two mappings; the second is mappings/${file}`)
      types.set(type, mapping)
    }
  }
  return types
}
