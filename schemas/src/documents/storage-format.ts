import type { Encounter, Entry, Movement, Origin, Stay } from './entry.ts'
import type { PatientHead } from './head.ts'
import { fillFor, none, thinFields, thinRecord } from './record-fields.ts'
import { type StatementKind, statements } from './statement.ts'
import { storageFormat, upcastData } from './upcast-entry.ts'
import { withMovement, withOrigin, withoutMovement, withoutOrigin } from './told-by.ts'

/**
 * Documents as they are stored: what events say is written without the fields that are null or
 * empty, which are two thirds of them, and every field is there again when they are read. A field
 * that a later schema adds is there too, as that schema has it by default. Where a fact came from
 * is written once a message, and where a patient was once a movement.
 */
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
