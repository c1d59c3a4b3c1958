import { composeSchema, newestVersion } from '../event-schemas.ts'

type Fill = (value: unknown) => unknown
type RecordFill = {
  all: (value: object, omitted: ReadonlySet<string>) => object
  some: (fields: object) => object
}
type Field = { name: string; type: unknown; default?: unknown }

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value)

const thin = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(thin)
  return isPlain(value) ? thinRecord(value) : value
}
export const thinRecord = (value: object): object => {
  const said: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(value)) if (!isNothing(field)) said[name] = thin(field)
  return said
}
/** What is null here was emptied on purpose. */
export const thinFields = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, thin(field)]))

const fills = new Map<string, RecordFill>()
const asIs: Fill = (value) => value

const fillOf = (type: unknown): Fill => {
  if (Array.isArray(type)) {
    const fill = fillOf(type.find((branch) => branch !== 'null'))
    return (value) => (value === null ? null : fill(value))
  }
  if (typeof type === 'string') {
    const name = type.replace(/^.*\./, '')
    return (value) =>
      fills.has(name) ? (fills.get(name) as RecordFill).all(value as object, none) : value
  }
  const node = type as { type: unknown; items?: unknown; name?: string; fields?: Field[] }
  if (node.fields !== undefined) {
    readRecord(node.name as string, node.fields)
    return fillOf(node.name)
  }
  if (node.type !== 'array') return asIs
  const fill = fillOf(node.items)
  return (value) => (value as unknown[]).map(fill)
}

export const none: ReadonlySet<string> = new Set()

const readRecord = (name: string, fields: readonly Field[]): void => {
  const own = fields.map((field) => ({
    name: field.name,
    fill: fillOf(field.type),
    isList: Array.isArray(field.default),
  }))
  const byName = new Map(own.map((field) => [field.name, field.fill]))
  fills.set(name, {
    all: (value, omitted) => {
      const whole: Record<string, unknown> = { ...value }
      for (const field of own) {
        const said = whole[field.name]
        if (said !== undefined) whole[field.name] = field.fill(said)
        else if (!omitted.has(field.name)) whole[field.name] = field.isList ? [] : null
      }
      return whole
    },
    some: (said) =>
      Object.fromEntries(
        Object.entries(said).map(([field, value]) => [
          field,
          value === null ? null : (byName.get(field) ?? asIs)(value),
        ]),
      ),
  })
}

export const fillFor = (record: string): RecordFill => {
  if (fills.size === 0) {
    const { fields } = composeSchema('PatientEventV1') as unknown as { fields: Field[] }
    const bodies = fields
      .filter(({ name }) => name === 'body')
      .flatMap(({ type }) => type as unknown[])
    for (const body of bodies) fillOf(body)
  }
  return fills.get(newestVersion(record)) as RecordFill
}
