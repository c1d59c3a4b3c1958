import { composeSchema, newestVersions } from './event-schemas.ts'
import { topics } from './topics.ts'

type Field = { name: string; type: unknown; doc: string; default?: unknown }
type Record_ = { type: 'record'; name: string; doc: string; fields: Field[] }
type Enum = { type: 'enum'; name: string; doc?: string; symbols: string[] }

const primitive: Record<string, string> = {
  string: 'string',
  long: 'number',
  int: 'number',
  double: 'number',
  boolean: 'boolean',
  bytes: 'Buffer',
  null: 'null',
}

/** The newest version has the plain name, an older one keeps its version: `ObservationV1`. */
const typeNameOf = (name: string): string => {
  const bare = name.replace(/^tideway\.events\./, '')
  const plain = bare.replace(/V\d+$/, '')
  return (newestVersions().get(plain) ?? bare) === bare ? plain : bare
}

/**
 * TypeScript types of every record of the event schemas, as text. The newest version of a record
 * has its plain name. The body of a patient event is a union of the newest versions, discriminated
 * by `type`.
 */
export const generateTypes = (): string => {
  const done = new Map<string, string>()
  const bodies: string[] = []
  const unsaid: string[] = []

  const typeName = (type: unknown, inBody = false): string => {
    if (typeof type === 'string') return primitive[type] ?? typeNameOf(type)
    if (Array.isArray(type)) {
      if (type.every((branch) => typeof branch === 'object' && branch !== null))
        return bodyUnion(type as Record_[])
      return type
        .map((branch) => typeName(branch))
        .sort((a, b) => Number(a === 'null') - Number(b === 'null'))
        .join(' | ')
    }
    const node = type as { type: unknown; items?: unknown }
    if (node.type === 'record') return record(type as Record_, inBody)
    if (node.type === 'enum') return enumeration(type as unknown as Enum)
    if (node.type === 'array') return `${grouped(typeName(node.items))}[]`
    return typeName(node.type)
  }

  const bodyUnion = (branches: Record_[]): string => {
    for (const branch of branches) {
      const name = typeName(branch, true)
      if (!hasVersion(name)) bodies.push(name)
    }
    return 'EventBody'
  }

  const enumeration = ({ name, doc, symbols }: Enum): string => {
    const union = symbols.map((symbol) => `'${symbol}'`)
    if (!newestVersions().has(typeNameOf(name))) return union.join(' | ')
    const type = typeNameOf(name)
    done.set(
      type,
      `/** ${doc} */\nexport type ${type} =\n${union.map((one) => `  | ${one}`).join('\n')}\n`,
    )
    return type
  }

  const record = (type: Record_, inBody: boolean): string => {
    const name = typeNameOf(type.name)
    if (done.has(name)) return name
    done.set(name, '')
    const lines = type.fields.map((field) => {
      const doc = hasVersion(name) ? '' : `  /** ${field.doc} */\n`
      return `${doc}  ${field.name}: ${typeName(field.type)}`
    })
    const tag = inBody && !hasVersion(name) ? [`  type: '${name}'`] : []
    if (!hasVersion(name)) unsaid.push(...unsaidOf(name, type, inBody))
    done.set(
      name,
      `/** ${type.doc} */\nexport type ${name} = {\n${[...tag, ...lines].join('\n')}\n}\n`,
    )
    return name
  }

  for (const { envelope } of Object.values(topics)) typeName(composeSchema(envelope))
  const union = `/** Everything that can have happened to a patient. */\nexport type EventBody =\n${bodies.map((name) => `  | ${name}`).join('\n')}\n`
  const nothing = `/** What each record is while its sender said nothing: every field that may be absent. Made anew each time. */\nexport const unsaid = {\n${unsaid.join('\n')}\n}\n`
  return `// Made from schemas/events by \`npm run generate\`; a check keeps it true.\n\n${[...done.values(), union, nothing].join('\n')}`
}

/** A function that makes the fields with a default, where a record has any. */
const unsaidOf = (name: string, { fields }: Record_, inBody: boolean): string[] => {
  const defaults = fields
    .filter((field) => 'default' in field)
    .map((field) => `${field.name}: ${JSON.stringify(field.default)}`)
  const tag = inBody ? [`type: '${name}' as const`] : []
  return defaults.length === 0
    ? []
    : [`  ${name}: () => ({ ${[...tag, ...defaults].join(', ')} }) satisfies Partial<${name}>,`]
}

/** Whether a name ends in a version. */
const hasVersion = (name: string): boolean => /V\d+$/.test(name)

const grouped = (type: string) => (type.includes('|') ? `(${type})` : type)
