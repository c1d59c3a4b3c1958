import { statusSystems } from '@tideway/record/status/systems'
import { composeSchema, newestVersion } from '@tideway/schemas/event-schemas'
import type { StatusSystem } from '@tideway/schemas/events.generated'

type Field = { name: string; type: unknown }
type Node = {
  type: unknown
  name?: string
  fields?: readonly Field[]
  items?: unknown
  symbols?: readonly string[]
}

const plain = (name: string): string => name.replace(/^tideway\.events\./, '')

/**
 * A value of a type of the event schemas in which every leaf is unlike any other: a text is its own
 * path.
 */
const marked = (type: unknown, path: string, records: Map<string, Node>): unknown => {
  if (Array.isArray(type))
    return marked(
      type.find((branch) => branch !== 'null'),
      path,
      records,
    )
  if (type === 'string') return path
  if (type === 'boolean') return true
  if (type === 'int' || type === 'long' || type === 'double')
    return [...path].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7)
  const node = typeof type === 'string' ? (records.get(plain(type)) as Node) : (type as Node)
  if (node.type === 'array') return [marked(node.items, `${path}[0]`, records)]
  if (node.name !== undefined) records.set(plain(node.name), node)
  if (node.type === 'enum') return node.symbols?.at(-1)
  if (node.fields === undefined) return marked(node.type, path, records)
  return Object.fromEntries(
    node.fields.map((field) => [field.name, marked(field.type, `${path}.${field.name}`, records)]),
  )
}

/**
 * A record of the event schemas, each leaf marked with its path from the record, e.g.
 * `Visit.reason.code`.
 */
export const markedRecord = (name: string): Record<string, unknown> =>
  marked(composeSchema(newestVersion(name)), name, new Map()) as Record<string, unknown>

const leavesOf = (value: unknown): (string | number)[] => {
  if (typeof value === 'string' || typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : []
}

const namesWithTrue = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, item]) =>
        item === true ? [name] : namesWithTrue(item),
      )
    : []

const pathsOf = (value: unknown, path: string): [string, unknown][] => {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([name, item]) =>
    pathsOf(item, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`),
  )
}

/** The name of a status system is written as its URI; everything else as it is. */
const asWritten = (value: string | number): string | number =>
  Object.hasOwn(statusSystems, value)
    ? (statusSystems[value as StatusSystem] ?? `${value} has no URI`)
    : value

/**
 * Paths of what is in a record and nowhere in what is shown. A yes or no is shown if a field of its
 * name is.
 */
export const notIn = (said: Record<string, unknown>, name: string, shown: unknown): string[] => {
  const leaves = new Set(leavesOf(shown))
  const trues = new Set(namesWithTrue(shown))
  return pathsOf(said, name)
    .filter(
      ([path, value]) =>
        value !== null &&
        !(value === true
          ? trues.has(path.split('.').at(-1) as string)
          : leaves.has(asWritten(value as string | number))),
    )
    .map(([path]) => path.slice(name.length + 1))
}
