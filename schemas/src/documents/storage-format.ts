import { composeSchema, newestVersion } from '../event-schemas.ts'
import type { Encounter, Entry, Movement, Origin, Stay } from './entry.ts'
import type { PatientHead } from './head.ts'
import { type StatementKind, statements } from './statement.ts'
import { storageFormat, upcastData } from './upcast-entry.ts'
import { withMovement, withOrigin, withoutMovement, withoutOrigin } from './told-by.ts'

/**
 * Documents as they are stored: what events say is written without the fields that are null or
 * empty, which are two thirds of them, and every field is there again when they are read. A field
 * that a later schema adds is there too, as that schema has it by default. Where a fact came from
 * is written once a message, and where a patient was once a movement.
 */
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
const thinRecord = (value: object): object => {
  const said: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(value)) if (!isNothing(field)) said[name] = thin(field)
  return said
}
/** What is null here was emptied on purpose. */
const thinFields = (fields: object): object =>
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

const none: ReadonlySet<string> = new Set()

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

const fillFor = (record: string): RecordFill => {
  if (fills.size === 0) {
    const { fields } = composeSchema('PatientEventV1') as unknown as { fields: Field[] }
    const bodies = fields
      .filter(({ name }) => name === 'body')
      .flatMap(({ type }) => type as unknown[])
    for (const body of bodies) fillOf(body)
  }
  return fills.get(newestVersion(record)) as RecordFill
}

/**
 * What is done with a record of the event schemas inside a document, with a part of one, where an
 * absent field says nothing and null empties, and with a fact of an entry, which says where it came
 * from.
 */
type Way = {
  record: <T extends object>(name: string, value: T, omitted?: ReadonlySet<string>) => T
  fields: <T extends object>(name: string, value: T) => T
  fact: <T extends Origin>(value: T, origins: readonly Origin[]) => T
  /** A stay, with the movements as they were and as they come out. */
  stay: (value: Stay, before: readonly Movement[], after: readonly Movement[]) => Stay
}

const compacting: Way = {
  record: (_, value) => thinRecord(value) as typeof value,
  fields: (_, value) => thinFields(value) as typeof value,
  fact: withoutOrigin,
  stay: (value, movements) => {
    const stay = withoutMovement(value, movements)
    return stay === value
      ? { ...stay, location: thinRecord(stay.location) as Stay['location'] }
      : stay
  },
}
const expanding: Way = {
  record: (name, value, omitted = none) => fillFor(name).all(value, omitted) as typeof value,
  fields: (name, value) => fillFor(name).some(value) as typeof value,
  fact: withOrigin,
  stay: (value, _, movements) =>
    Object.hasOwn(value, 'location')
      ? { ...value, location: fillFor('Location').all(value.location, none) as Stay['location'] }
      : withMovement(value, movements),
}

const ofObservation = new Set(['key', 'code', 'subId', 'place'])
const ofDocument = new Set(['documentId'])
const eventOf = (kind: string): string => statements[kind as StatementKind].event

const encounterIn = (
  data: Encounter,
  origins: readonly Origin[],
  { record, fields, fact, stay }: Way,
): Encounter => {
  const movements = data.movements.map((one) =>
    fact({ ...one, location: one.location && record('Location', one.location) }, origins),
  )
  return {
    ...data,
    location: data.location && record('Location', data.location),
    movements,
    stays: data.stays.map((one) => stay(one, data.movements, movements)),
    details: data.details.map((one) =>
      fact({ ...one, fields: fields('Visit', one.fields) }, origins),
    ),
    doctors: data.doctors.map((one) =>
      fact(
        { ...one, attending: one.attending.map((doctor) => record('Practitioner', doctor)) },
        origins,
      ),
    ),
  }
}

const dataIn = ({ data, origins }: Entry, way: Way): Entry['data'] => {
  const { record, fields, fact } = way
  switch (data.kind) {
    case 'encounter':
      return encounterIn(data, origins, way)
    case 'report':
      return {
        ...data,
        header: data.header.map((one) =>
          fact({ ...one, fields: fields('ResultReported', one.fields) }, origins),
        ),
        ...(data.versions === undefined
          ? {}
          : { versions: data.versions.map((one) => fact(one, origins)) }),
        observations: data.observations.map((one) => ({
          ...one,
          code: record('Coded', one.code),
          reported: one.reported.map((told) =>
            fact(record('Observation', told, ofObservation), origins),
          ),
        })),
      }
    case 'document':
      return {
        ...data,
        reported: data.reported.map((told) =>
          fact(record('DocumentReported', told, ofDocument), origins),
        ),
      }
    default:
      return {
        ...data,
        reported: data.reported.map((told) => fact(record(eventOf(data.kind), told), origins)),
      }
  }
}

/** Lists that heads have only since a later release. */
const laterLists = { noKnownAllergies: [], visitDiagnoses: [], dispensed: [] }

const headIn = (head: PatientHead, { record, fields }: Way): PatientHead => ({
  ...laterLists,
  ...head,
  details: Object.fromEntries(
    Object.entries(head.details).map(([source, told]) => [
      source,
      told.map((one) => ({ ...one, fields: fields('PatientDetailsReported', one.fields) })),
    ]),
  ),
  identifiers: head.identifiers.map((one) => ({
    ...one,
    identifier: record('Identifier', one.identifier),
  })),
  encounters: head.encounters.map((one) => ({
    ...one,
    location: one.location && record('Location', one.location),
  })),
})

/** The version of the rules that made a stored document; absent if an earlier release did. */
type Made = { rules?: string }
/** An entry as it is stored. */
type Stored = Entry & Made & { format?: number }

/** Kind of what holds observations of a report, which no section lists. */
const chunkKind = 'report-chunk'

/** The entry as it is stored. */
export const compactEntry = (entry: Entry): Stored => ({
  ...entry,
  ...(entry.chunkOf === undefined ? {} : { kind: chunkKind as unknown as Entry['kind'] }),
  format: storageFormat,
  data: dataIn(entry, compacting),
})

/** The entry with every field again; one that an earlier release stored as this release has it. */
export const expandEntry = (stored: Stored): Entry => {
  const { format = 1, rules: _, ...entry } = stored
  const data = dataIn(entry, expanding)
  const whole = { ...entry, data: format < storageFormat ? upcastData(data) : data }
  return entry.chunkOf === undefined ? whole : { ...whole, kind: 'report' }
}

/** The head as it is stored. */
export const compactHead = (head: PatientHead): PatientHead => headIn(head, compacting)

/** The head with every field again. */
export const expandHead = (stored: PatientHead & Made): PatientHead => {
  const { rules: _, ...head } = stored
  return headIn(head, expanding)
}
