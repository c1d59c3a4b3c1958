import { type TSchema, Type } from 'typebox'
import { clinicalTime, object, optional, statusSystem } from './values.ts'

type Field = { name: string; type: unknown; doc?: string }
type Node = {
  type: unknown
  name?: string
  doc?: string
  fields?: readonly Field[]
  items?: unknown
  symbols?: readonly string[]
}

const primitives: Readonly<Record<string, () => TSchema>> = {
  string: () => Type.String(),
  boolean: () => Type.Boolean(),
  int: () => Type.Integer(),
  long: () => Type.Integer(),
  double: () => Type.Number(),
}

const plainName = (name: string): string =>
  name.replace(/^tideway\.events\./, '').replace(/V\d+$/, '')

/** Named records by plain name, so that each has one schema. */
export type Named = Map<string, TSchema>

const described = (schema: TSchema, description: string | undefined): TSchema =>
  description === undefined || '$id' in schema ? schema : { ...schema, description }

const schemaOfName = (name: string, known: Named, doc: string | undefined): TSchema => {
  if (plainName(name) === 'StatusSystem') return statusSystem(doc ?? '')
  const primitive = primitives[name]
  return described(primitive?.() ?? known.get(plainName(name)) ?? Type.Unknown(), doc)
}

/**
 * JSON Schema of an Avro type, with its documentation.
 *
 * @param known  records by plain name; those that already have a schema keep it
 * @see Apache Avro 1.12 specification
 */
export const schemaOfAvro = (type: unknown, known: Named, doc?: string): TSchema => {
  if (typeof type === 'string') return schemaOfName(type, known, doc)
  if (Array.isArray(type)) {
    const [first, ...others] = type
      .filter((branch) => branch !== 'null')
      .map((branch) => schemaOfAvro(branch, known))
    if (first === undefined || others.length > 0) return Type.Unknown()
    return optional(first, doc)
  }
  const node = type as Node
  if (node.type === 'array')
    return Type.Array(
      schemaOfAvro(node.items, known),
      doc === undefined ? {} : { description: doc },
    )
  if (plainName(node.name ?? '') === 'StatusSystem') return statusSystem(doc ?? node.doc ?? '')
  if (node.type === 'enum') return described(Type.Enum([...(node.symbols ?? [])]), doc)
  return node.type === 'record' ? recordOf(node, known) : schemaOfAvro(node.type, known, doc)
}

/** @param without  fields left out */
export const fieldsOfAvro = (
  { fields = [] }: Node,
  known: Named,
  without: readonly string[] = [],
): Record<string, TSchema> =>
  Object.fromEntries(
    fields
      .filter(({ name }) => !without.includes(name))
      .map((field) => [field.name, schemaOfField(field, known)]),
  )

/** Names of the fields that hold a clinical time, by the convention of the event schemas. */
const timeName = /(At|From|Until|Since|On)$|^(at|from|until|since|birthDate)$/
const isText = (type: unknown): boolean =>
  type === 'string' || (Array.isArray(type) && type.includes('string'))

/** Lists are left out where they are empty. */
const schemaOfField = ({ name, type, doc }: Field, known: Named): TSchema => {
  if (isText(type) && timeName.test(name)) return clinicalTime(doc ?? '')
  const schema = schemaOfAvro(type, known, doc)
  return Type.IsArray(schema) ? Type.Optional(schema) : schema
}

const recordOf = (node: Node, known: Named): TSchema => {
  const name = plainName(node.name ?? '')
  const before = known.get(name)
  const properties = fieldsOfAvro(node, known)
  if (before !== undefined) return before
  const made = object(name, node.doc ?? '', properties)
  known.set(name, made)
  return made
}
