import { readdirSync, readFileSync } from 'node:fs'
import avro from 'avsc'

const folder = new URL('../released/', import.meta.url)

/** The schemas that a topic, or the archive, was released with, oldest first. */
export const releasedTypes = (name: string): { version: number; type: avro.Type }[] =>
  readdirSync(new URL(`${name}/`, folder))
    .map((file) => Number(file.replace('.avsc', '')))
    .toSorted((a, b) => a - b)
    .map((version) => {
      const text = readFileSync(new URL(`${name}/${version}.avsc`, folder), 'utf8')
      const type = avro.Type.forSchema(JSON.parse(text) as avro.Schema, { wrapUnions: 'auto' })
      return { version, type }
    })

const isTime = (field: string): boolean => /(^at|At|from|until|Until|Since)$/.test(field)
const deepest = 8

type Node = avro.Type & {
  typeName: string
  branchName: string
  types: Node[]
  itemsType: Node
  fields: { name: string; type: Node }[]
  symbols: string[]
}

/** @param body  branch that is taken of the union of bodies of an event; null: the first */
const filled = (node: Node, field: string, body: string | null, depth: number): unknown => {
  switch (node.typeName) {
    case 'record':
      return Object.fromEntries(
        node.fields.map(({ name, type }) => [name, filled(type, name, body, depth + 1)]),
      )
    case 'array':
      return depth > deepest ? [] : [filled(node.itemsType, field, body, depth + 1)]
    case 'union:wrapped':
    case 'union:unwrapped': {
      const branches = node.types.filter(({ typeName }) => typeName !== 'null')
      if (depth > deepest && branches.length < node.types.length) return null
      const named = branches.find(({ branchName }) => branchName === body)
      const branch = named ?? (branches[0] as Node)
      const value = filled(branch, field, body, depth + 1)
      return node.typeName === 'union:wrapped' ? { [branch.branchName]: value } : value
    }
    case 'enum':
      return node.symbols[0]
    case 'boolean':
      return true
    case 'bytes':
      return Buffer.from(field)
    case 'string':
      return isTime(field) ? '2026-07-01T10:00:00+01:00' : field
    case 'int':
    case 'float':
    case 'double':
      return 7
    default:
      return 1_800_000_000_000_000
  }
}

/** A value of a schema in which everything is said. */
export const everythingSaid = (type: avro.Type, body: string | null = null): unknown =>
  filled(type as Node, 'value', body, 0)

/** Names of the bodies that an event of a schema may have. */
export const bodiesOf = (type: avro.Type): string[] => {
  const body = (type as Node).fields.find(({ name }) => name === 'body')
  return (body?.type.types ?? []).map(({ branchName }) => branchName)
}
