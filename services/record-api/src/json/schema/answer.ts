import { statusSystems } from '@tideway/record/status/systems'
import { canonicalSystem } from '@tideway/schemas/code-systems'
import type { StatusSystem } from '@tideway/schemas/events.generated'
import type { TSchema } from 'typebox'
import { fhirDateTimeOf } from './date-time.ts'
import {
  Coded as codedSchema,
  fhirDateTime,
  publicIdFormat,
  recordAddressFormat,
  statusSystemFormat,
} from './values.ts'

/**
 * What a presenter returns for an answer: as the answer, but an absent value may be null, times
 * have the precision sent, and a code has the name of its system as sent.
 */
export type Presented<T> = T extends readonly (infer Item)[]
  ? readonly Presented<Item>[]
  : T extends object
    ? {
        [Name in keyof T]: object extends Pick<T, Name>
          ? Presented<Exclude<T[Name], undefined>> | null
          : Presented<T[Name]>
      }
    : T

/** Public id of an id of the store. */
export type SealId = (id: string) => string

type Write = (value: unknown, sealId: SealId) => unknown
type Fields = { [name: string]: unknown }

/** A JSON schema, as far as answers use it. */
type Schema = {
  $id?: string
  format?: string
  const?: unknown
  properties?: { [name: string]: Schema }
  required?: string[]
  items?: Schema
  allOf?: [Schema]
  anyOf?: Schema[]
}

const Coded = codedSchema as unknown as Schema

/** An address of this service, with the ids of the store in it. */
const sealAddress: Write = (value, sealId) =>
  (value as string).replace(/(?<=\/(?:patients|entries)\/)[\w-]{22}(?=\/)/g, (id) => sealId(id))

const isEmpty = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return value === null || value === undefined
  if (Array.isArray(value)) return value.length === 0
  for (const _name in value) return false
  return true
}

/** `write` is null where values are written as they are, as most are. */
type Field = { name: string; write: Write | null; isRequired: boolean }

const writeObject = ({ properties = {}, required = [] }: Schema): Write => {
  const fields = Object.entries(properties).map(
    ([name, schema]): Field => ({
      name,
      write: writerOf(schema),
      isRequired: required.includes(name),
    }),
  )
  return (value, sealId) => {
    const written: Fields = {}
    for (const { name, write, isRequired } of fields) {
      const field = (value as Fields)[name]
      if (field === null || field === undefined) continue
      const answer = write === null ? field : write(field, sealId)
      if (isRequired || !isEmpty(answer)) written[name] = answer
    }
    return written
  }
}

const writeCoded = (): Write => {
  const write = writeObject(Coded)
  return (value, sealId) => {
    const { system = null, alternateSystem = null } = value as {
      system?: string | null
      alternateSystem?: string | null
    }
    if (system === null && alternateSystem === null) return write(value, sealId)
    return write(
      {
        ...(value as object),
        system: canonicalSystem(system),
        systemAsSent: system,
        alternateSystem: canonicalSystem(alternateSystem),
        alternateSystemAsSent: alternateSystem,
      },
      sealId,
    )
  }
}

/** A union of entries: `kind` selects the schema. */
const writeEntry = (branches: readonly Schema[]): Write => {
  const writers = new Map(
    branches.map((branch) => [branch.properties?.['kind']?.const, writeObject(branch)]),
  )
  return (value, sealId) => {
    const write = writers.get((value as { kind: unknown }).kind)
    if (write === undefined) throw new Error('an entry of no known kind')
    return write(value, sealId)
  }
}

const known = new Map<Schema, Write | null>()

/** Null if values of the schema are written as they are. */
const writerOf = (schema: Schema): Write | null => {
  const before = known.get(schema)
  if (before !== undefined) return before
  const write = makeWriter(schema)
  known.set(schema, write)
  return write
}

const makeWriter = (schema: Schema): Write | null => {
  if (schema.$id === Coded.$id) return writeCoded()
  if (schema.allOf !== undefined) return writerOf(schema.allOf[0])
  if (schema.anyOf !== undefined) return writeEntry(schema.anyOf)
  if (schema.properties !== undefined) return writeObject(schema)
  if (schema.items !== undefined) {
    const write = writerOf(schema.items)
    return write === null
      ? null
      : (value, sealId) => (value as unknown[]).map((item) => write(item, sealId))
  }
  if (schema.format === publicIdFormat) return (value, sealId) => sealId(value as string)
  if (schema.format === recordAddressFormat) return sealAddress
  if (schema.format === fhirDateTime) return (value) => fhirDateTimeOf(value as string)
  if (schema.format === statusSystemFormat) return (value) => statusSystems[value as StatusSystem]
  return null
}

/**
 * Makes the function that turns what a presenter returns into the JSON of a schema: absent values
 * are left out, as are empty objects and lists that the schema does not require; dateTimes are made
 * valid; codes get the URI of their system; and ids become public ones. A field that is not in the
 * schema does not get out.
 */
export const answerOf = <T>(schema: TSchema): ((presented: Presented<T>, sealId: SealId) => T) =>
  (writerOf(schema as Schema) ?? ((value: unknown) => value)) as (
    presented: Presented<T>,
    sealId: SealId,
  ) => T
