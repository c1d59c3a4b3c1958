import { readdir } from 'node:fs/promises'
import { loadDefinitions } from '@tideway/fhir/definitions'
import type { ResourceMapping } from './mapping.ts'

/** By resource type. The folder is the register. */
export type ResourceMappings = ReadonlyMap<string, ResourceMapping>

/**
 * Also reads the definitions of R4, without which nothing is understood. @throws Error if two
 * mappings handle the same type
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
        throw new Error(`${type} is handled twice, the second time in mappings/${file}`)
      types.set(type, mapping)
    }
  }
  return types
}
