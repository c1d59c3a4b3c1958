import { composeSchema, newestVersion } from '@tideway/schemas/event-schemas'
import type { TSchema } from 'typebox'
import { fieldsOfAvro, type Named } from './avro-schema.ts'
import {
  Address,
  Attachment,
  Coded,
  Location,
  Numeric,
  PersonName,
  Practitioner,
  Telecom,
} from './values.ts'

/** Records with a hand-written schema; the others are made from the first event that uses them. */
const named: Named = new Map(
  Object.entries<TSchema>({
    Address,
    Attachment,
    Coded,
    Location,
    Numeric,
    PersonName,
    Practitioner,
    Telecom,
  }),
)

/** Documentation of an event. */
export const eventDoc = (event: string): string =>
  (composeSchema(newestVersion(event)) as { doc: string }).doc

/** JSON Schema of some fields of an event, with the documentation of its Avro schema. */
export const eventFields = (
  event: string,
  names: readonly string[] | null,
  without: readonly string[] = [],
): Record<string, TSchema> => {
  const fields = fieldsOfAvro(
    composeSchema(newestVersion(event)) as Parameters<typeof fieldsOfAvro>[0],
    named,
    without,
  )
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => names === null || names.includes(name)),
  )
}
