import { readdirSync, readFileSync } from 'node:fs'
import avro from 'avsc'

type Named = { type: string; name: string; namespace: string; [key: string]: unknown }

const dir = new URL('../events/', import.meta.url)
const namespace = 'tideway.events'

/**
 * Every `.avsc` file by its full name. A file defines one named type and may refer to others by
 * name.
 */
const readFiles = (): Map<string, Named> => {
  const names = readdirSync(dir).filter((name) => name.endsWith('.avsc'))
  return new Map(
    names.map((name) => {
      const schema = JSON.parse(readFileSync(new URL(name, dir), 'utf8')) as Named
      return [`${schema.namespace}.${schema.name}`, schema]
    }),
  )
}

/** Number of a record's version by its full name, e.g. 2 of `tideway.events.ObservationV2`. */
const versionIn = (name: string): number => Number(/V(\d+)$/.exec(name)?.[1] ?? 0)

let newest: ReadonlyMap<string, string> | null = null

/** Names of the newest versions of all records and enums by their names without a version. */
export const newestVersions = (): ReadonlyMap<string, string> => {
  if (newest !== null) return newest
  const found = new Map<string, string>()
  for (const full of readFiles().keys()) {
    const name = full.slice(namespace.length + 1)
    const plain = name.replace(/V\d+$/, '')
    if (versionIn(name) > versionIn(found.get(plain) ?? '')) found.set(plain, name)
  }
  newest = found
  return found
}

/**
 * Name of the newest version of a record, e.g. `ObservationV2` of `Observation`.
 *
 * @throws RangeError if there is no such record
 */
export const newestVersion = (plain: string): string => {
  const name = newestVersions().get(plain)
  if (name === undefined) throw new RangeError(`no event schema ${plain}`)
  return name
}

/**
 * One self-contained Avro schema: each named type is written out where it is first met and referred
 * to by name after that, as the specification asks of a schema that goes to a registry.
 *
 * @param name  record name without namespace, e.g. `PatientEventV1`
 * @see Apache Avro 1.12 specification, Names
 */
export const composeSchema = (name: string, files = readFiles()): avro.Schema => {
  const seen = new Set<string>()
  const expand = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(expand)
    if (typeof node === 'string') {
      const file = files.get(node)
      if (file === undefined || seen.has(node)) return node
      seen.add(node)
      return expand(file)
    }
    if (typeof node !== 'object' || node === null) return node
    const entries = Object.entries(node).map(([key, value]) => {
      if (key === 'type' || key === 'items' || key === 'values') return [key, expand(value)]
      if (key === 'fields') return [key, (value as object[]).map(expand)]
      return [key, value]
    })
    return Object.fromEntries(entries)
  }
  return expand(`${namespace}.${name}`) as avro.Schema
}

/**
 * Avro type of an envelope; unions of records are wrapped by branch name, as in Avro's JSON
 * encoding.
 */
export const avroType = (name: string): avro.Type =>
  avro.Type.forSchema(composeSchema(name), { wrapUnions: 'auto' })
