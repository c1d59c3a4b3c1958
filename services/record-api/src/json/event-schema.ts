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

/**
 * Records that have a schema of their own here; the others are made from the schema of the event
 * that first mentions them.
 */
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

/** Doc text of an event. */
export const eventDoc = (event: string): string =>
  (composeSchema(newestVersion(event)) as { doc: string }).doc

/** JSON Schema of some fields of an event, as its Avro schema documents them. */
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
