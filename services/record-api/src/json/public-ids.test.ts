import { readdirSync, readFileSync } from 'node:fs'
import { folder } from '@tideway/hl7-ingest/normalise/normalise.fixture'
import { idSeal } from '@tideway/schemas/id-seal'
import { publicId } from '@tideway/schemas/public-id'
import { expect, test } from 'vitest'
import { AnyEntry } from './any-entry.ts'
import { Patients } from './patient.ts'
import { PatientRecord } from './record.ts'
import { publicIdFormat } from './schema/values.ts'
import { EntrySource } from './source.ts'
import { eventsOf, receivedAs } from './said-later.fixture.ts'
import { recordIn, stored } from './withdrawn-record.fixture.ts'

const { seal } = idSeal([Buffer.alloc(32, 'a test')])

const messages = readdirSync(new URL('x99/', folder))
  .filter((name) => name.endsWith('.hl7'))
  .map((name) => readFileSync(new URL(`x99/${name}`, folder), 'latin1'))

/** Events of every sample that is used; parked ones have none. */
const events = messages.flatMap((message, nth) => {
  try {
    return [eventsOf(message, receivedAs(nth))]
  } catch {
    return []
  }
})

test('an answer has no id of the store, in a field or in an address', () => {
  expect(events.length).toBeGreaterThan(50)
  const documents = stored(...events)
  const text = JSON.stringify(recordIn(documents, seal))
  const keys = [
    ...[...documents.heads.values()].flatMap(({ _id, merges }) => [
      _id,
      ...merges.flatMap(({ priorKeys }) => priorKeys),
    ]),
    ...documents.entries.keys(),
  ]
  const ids = keys.map(publicId)
  expect(ids.filter((id) => text.includes(id))).toEqual([])
  for (const { id } of [...documents.heads.values(), ...documents.entries.values()])
    expect(text).toContain(seal(id))
  expect(text).toMatch(/\/api\/patients\/[\w-]{22}\/entries\/[\w-]{22}\/source/)
})

type Schema = { description?: string; format?: string; type?: string }

/** Every schema in a schema, with its path. */
const schemasIn = (of: unknown, path: string): [string, Schema][] =>
  typeof of !== 'object' || of === null
    ? []
    : [
        [path, of as Schema],
        ...Object.entries(of).flatMap(([name, below]) => schemasIn(below, `${path}.${name}`)),
      ]

test('every field that is said to be a public id is written as one', () => {
  const fields = [PatientRecord, AnyEntry, EntrySource, Patients]
    .flatMap((schema) => schemasIn(schema, ''))
    .filter(
      ([, { type, description }]) => type === 'string' && /^Public id/.test(description ?? ''),
    )
  expect(fields.length).toBeGreaterThan(20)
  expect(fields.filter(([, { format }]) => format !== publicIdFormat)).toEqual([])
})
