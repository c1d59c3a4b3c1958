import { readdirSync, readFileSync } from 'node:fs'
import { folder } from '@tideway/hl7-ingest/normalise/normalise.fixture'
import { idSeal } from '@tideway/schemas/id-seal'
import { publicId } from '@tideway/schemas/public-id'
import { expect, test } from 'vitest'
import { AnyEntry, entryOf } from './any-entry.ts'
import { Patients } from './patient.ts'
import { PatientRecord } from './record.ts'
import { publicIdFormat } from './schema/values.ts'
import { EntrySource } from './source.ts'
import { eventsOf, hl7, receivedAs } from './said-later.fixture.ts'
import { answerOf } from './schema/answer.ts'
import { pid } from './short-form.fixture.ts'
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

test('a report of several specimens, and one in parts, has no id of the store', () => {
  const oru = (nth: number, specimen: string, results: string[]): string =>
    hl7(
      'ORU^R01',
      `2026090${nth}090000`,
      `M${nth}`,
      pid,
      `OBR|1|P1|F1|ICU^Monitoring|||20260901080000${'|'.repeat(18)}F`,
      ...results.map((code, of) => `OBX|${of + 1}|NM|${code}^Value||1||||||F`),
      ...(specimen === '' ? [] : [`SPM|1|^${specimen}||TISS`]),
    )
  const many = Array.from({ length: 900 }, (_, of) => `C${of}`)
  const all = [oru(1, 'S1', ['K']), oru(2, 'S2', many), oru(3, '', ['K'])]
  const documents = stored(...all.map((message, nth) => eventsOf(message, receivedAs(nth))))
  const text = [...documents.entries.values()]
    .map((entry) =>
      JSON.stringify(answerOf<AnyEntry>(AnyEntry)(entryOf(entry, { archive: new Map() }), seal)),
    )
    .join('\n')
  for (const name of ['inDoubt', 'aboutOneOf', 'parts', 'partOf']) expect(text).toContain(name)
  expect([...documents.entries.values()].filter(({ id }) => text.includes(id))).toEqual([])
})
