import { composeSchema } from '../event-schemas.ts'
import type { Entry } from './entry.ts'
import type { PatientHead } from './head.ts'
import { type StatementKind, statements } from './statement.ts'

/**
 * Documents as they are stored: what events say is written without the fields that are null or empty, which are two thirds of them, and every
 * field is there again when they are read. A field that a later schema adds is there too, as that schema has it by default.
 */
type Fill = (value: unknown) => unknown
type RecordFill = { all: (value: object, omitted: ReadonlySet<string>) => object; some: (fields: object) => object }
type Field = { name: string; type: unknown; default?: unknown }

const isNothing = (value: unknown): boolean => value === null || value === undefined || (Array.isArray(value) && value.length === 0)
const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value)

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
const thinFields = (fields: object): object => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, thin(field)]))

const fills = new Map<string, RecordFill>()
const asIs: Fill = (value) => value

const fillOf = (type: unknown): Fill => {
  if (Array.isArray(type)) {
    const fill = fillOf(type.find((branch) => branch !== 'null'))
    return (value) => (value === null ? null : fill(value))
  }
  if (typeof type === 'string') {
    const name = type.replace(/^.*\./, '')
    return (value) => (fills.has(name) ? (fills.get(name) as RecordFill).all(value as object, none) : value)
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
  const own = fields.map((field) => ({ name: field.name, fill: fillOf(field.type), isList: Array.isArray(field.default) }))
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
    some: (said) => Object.fromEntries(Object.entries(said).map(([field, value]) => [field, value === null ? null : (byName.get(field) ?? asIs)(value)])),
  })
}

const fillFor = (record: string): RecordFill => {
  if (fills.size === 0) {
    const { fields } = composeSchema('PatientEventV1') as unknown as { fields: Field[] }
    const bodies = fields.filter(({ name }) => name === 'body').flatMap(({ type }) => type as unknown[])
    for (const body of bodies) fillOf(body)
  }
  return fills.get(`${record}V1`) as RecordFill
}

/** What is done with a record of the event schemas inside a document, and with a part of one, where an absent field says nothing and null empties. */
type Way = { record: <T extends object>(name: string, value: T, omitted?: ReadonlySet<string>) => T; fields: <T extends object>(name: string, value: T) => T }

const sparing: Way = { record: (_, value) => thinRecord(value) as typeof value, fields: (_, value) => thinFields(value) as typeof value }
const restoring: Way = {
  record: (name, value, omitted = none) => fillFor(name).all(value, omitted) as typeof value,
  fields: (name, value) => fillFor(name).some(value) as typeof value,
}

const ofObservation = new Set(['key', 'code', 'subId', 'place'])
const ofDocument = new Set(['documentId'])
const eventOf = (kind: string): string => statements[kind as StatementKind].event

const dataIn = (data: Entry['data'], { record, fields }: Way): Entry['data'] => {
  switch (data.kind) {
    case 'encounter':
      return {
        ...data,
        movements: data.movements.map((one) => ({ ...one, location: one.location && record('Location', one.location) })),
        stays: data.stays.map((one) => ({ ...one, location: record('Location', one.location) })),
        details: data.details.map((one) => ({ ...one, fields: fields('Visit', one.fields) })),
      }
    case 'report':
      return {
        ...data,
        header: data.header.map((one) => ({ ...one, fields: fields('ResultReported', one.fields) })),
        observations: data.observations.map((one) => ({ ...one, code: record('Coded', one.code), reported: one.reported.map((told) => record('Observation', told, ofObservation)) })),
      }
    case 'document':
      return { ...data, reported: data.reported.map((told) => record('DocumentReported', told, ofDocument)) }
    default:
      return { ...data, reported: data.reported.map((told) => record(eventOf(data.kind), told)) }
  }
}

const headIn = (head: PatientHead, { record, fields }: Way): PatientHead => ({
  ...head,
  details: Object.fromEntries(Object.entries(head.details).map(([source, told]) => [source, told.map((one) => ({ ...one, fields: fields('PatientDetailsReported', one.fields) }))])),
  identifiers: head.identifiers.map((one) => ({ ...one, identifier: record('Identifier', one.identifier) })),
})

export const spareEntry = (entry: Entry): Entry => ({ ...entry, data: dataIn(entry.data, sparing) })
export const wholeEntry = (entry: Entry): Entry => ({ ...entry, data: dataIn(entry.data, restoring) })
export const spareHead = (head: PatientHead): PatientHead => headIn(head, sparing)
export const wholeHead = (head: PatientHead): PatientHead => headIn(head, restoring)
