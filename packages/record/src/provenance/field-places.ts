import { composeSchema } from '@tideway/schemas/event-schemas'

/** Where a field of an event comes from, by its schema. */
export type FieldPlaces = {
  /**
   * Segments, fields and components in order of preference, e.g. `EVN-6`; within a record of a data
   * type relative to it, e.g. `XPN-1.1`; `other PID-3` is in the other segments of that name.
   */
  hl7: readonly string[]
  /** FHIR expressions relative to the resource, or to the element that the record is made from. */
  fhir: readonly string[]
  /** Why the value may differ from the text there; null if it is the text. */
  derived: string | null
}

type Field = {
  name: string
  type: unknown
  hl7?: readonly string[]
  fhir?: readonly string[]
  derived?: string
}
type SchemaRecord = { type: 'record'; name: string; fields: readonly Field[] }

const plain = (name: string) => name.replace(/^tideway\.events\./, '').replace(/V\d+$/, '')

/**
 * Every record of the event schemas by its name without version; a repeated name refers to the
 * first.
 */
const readRecords = (): ReadonlyMap<string, SchemaRecord> => {
  const found = new Map<string, SchemaRecord>()
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if (Array.isArray(node)) for (const branch of node) visit(branch)
    const { type, items, fields } = node as {
      type: unknown
      items?: unknown
      fields?: readonly Field[]
    }
    if (type === 'record') found.set(plain((node as SchemaRecord).name), node as SchemaRecord)
    for (const field of fields ?? []) visit(field.type)
    visit(items)
    if (typeof type === 'object') visit(type)
  }
  visit(composeSchema('PatientEventV1'))
  return found
}

const records = readRecords()

const recordIn = (type: unknown): string | null => {
  if (typeof type === 'string') return type.startsWith('tideway.events.') ? plain(type) : null
  if (Array.isArray(type)) return type.map(recordIn).find((one) => one !== null) ?? null
  const { type: kind, items, name } = type as { type: unknown; items?: unknown; name?: string }
  return kind === 'record'
    ? plain(name ?? '')
    : recordIn(items ?? (typeof kind === 'object' ? kind : null) ?? '')
}

/**
 * Places of a field, and the record that its value is, if it is one.
 *
 * @param record  name without version, e.g. `ResultReported`
 * @returns null if the record has no such field
 */
export const placesOf = (
  record: string,
  field: string,
): (FieldPlaces & { record: string | null }) | null => {
  const found = records.get(record)?.fields.find(({ name }) => name === field)
  return found === undefined
    ? null
    : {
        hl7: found.hl7 ?? [],
        fhir: found.fhir ?? [],
        derived: found.derived ?? null,
        record: recordIn(found.type),
      }
}
