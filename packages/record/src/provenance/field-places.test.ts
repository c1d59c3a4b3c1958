import { readdirSync, readFileSync } from 'node:fs'
import { newestVersion } from '@tideway/schemas/event-schemas'
import { expect, test } from 'vitest'
import { placesOf } from './field-places.ts'

const dir = new URL('../../../../schemas/events/', import.meta.url)
type Field = { name: string; hl7?: string[]; fhir?: string[]; derived?: string }
type Schema = { type: string; name: string; fields: Field[] }
const schemas = readdirSync(dir).map(
  (name) => JSON.parse(readFileSync(new URL(name, dir), 'utf8')) as Schema,
)
const plain = (name: string) => name.replace(/V\d+$/, '')
const isNewest = (name: string) => newestVersion(plain(name)) === name

/** What the line says of itself, not what a sender says. */
const notOfSenders =
  /^(PatientEvent|MessageReceived|MessageParked|ArchivedMessage|RecordChanged|Change|Alarm|AlarmRecipient|HeldEventsReleased|IdentityDecided|PersonChanged|PersonLink|Message(Withdrawn|Restored|Replayed)|NotShown|Payload|Problem|FhirResource|FhirSubmission|ResourceKnown|ResourcePart|WaitingMessage)V\d+$/
const ofSenders = schemas.filter(
  ({ type, name }) => type === 'record' && isNewest(name) && !notOfSenders.test(name),
)

test.each(ofSenders.map((schema) => [schema.name, schema] as const))(
  '%s: every field says where it comes from',
  (name, { fields }) => {
    for (const { name: field, hl7 = [], fhir = [], derived } of fields) {
      expect(placesOf(plain(name), field)).toMatchObject({ hl7, fhir, derived: derived ?? null })
      expect([field, hl7.length + fhir.length > 0 || derived !== undefined]).toEqual([field, true])
      for (const place of hl7)
        expect(place).toMatch(/^Z$|^(other )?[A-Z][A-Z0-9]{1,2}(-\d{1,2}(\.\d{1,2}){0,2})?$/)
      for (const path of fhir) expect(path).toMatch(/^([a-zA-Z]+(\.[a-zA-Z]+)*)?$/)
    }
  },
)
