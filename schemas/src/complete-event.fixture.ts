import type { EventBody } from './events.generated.ts'
import { composeSchema, newestVersion } from './event-schemas.ts'

type Field = { name: string; type: unknown; default?: unknown }
type Named = { type: string; name: string; fields?: Field[]; items?: unknown }

const records = new Map<string, Named>()
const plainName = (name: string) => name.replace(/^.*\./, '')

const collect = (node: unknown): void => {
  if (Array.isArray(node)) {
    for (const branch of node) collect(branch)
    return
  }
  if (typeof node !== 'object' || node === null) return
  const { name, fields, items, type } = node as Named
  if (fields !== undefined) records.set(name, node as Named)
  for (const field of fields ?? []) collect(field.type)
  collect(items)
  if (fields === undefined) collect(type)
}
collect(composeSchema('PatientEventV1'))

const filled = (type: unknown, value: unknown): unknown => {
  if (value === null || value === undefined) return value
  if (Array.isArray(type))
    return filled(
      type.find((branch) => branch !== 'null'),
      value,
    )
  if (typeof type === 'string')
    return records.has(plainName(type))
      ? record(records.get(plainName(type)) as Named, value as object)
      : value
  const node = type as Named
  if (node.type === 'array') return (value as unknown[]).map((item) => filled(node.items, item))
  return node.fields === undefined ? value : record(node, value as object)
}

const record = ({ fields = [] }: Named, value: object): object =>
  Object.fromEntries(
    fields.map(({ name, type, default: absent }) => [
      name,
      filled(type, (value as Record<string, unknown>)[name]) ?? absent ?? null,
    ]),
  )

/**
 * An event of which a sample's expectation names only what is said, with every field that its
 * schema has.
 */
export const whole = (body: EventBody): EventBody =>
  ({
    ...record(records.get(newestVersion(body.type)) as Named, body),
    type: body.type,
  }) as EventBody
