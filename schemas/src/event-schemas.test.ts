import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { avroType, composeSchema } from './event-schemas.ts'
import { topics } from './topics.ts'

const files = readdirSync(new URL('../events/', import.meta.url)).filter((name) =>
  name.endsWith('.avsc'),
)
const schemaOf = (file: string) =>
  JSON.parse(readFileSync(new URL(`../events/${file}`, import.meta.url), 'utf8')) as {
    name: string
    doc?: string
    fields?: { name: string; doc?: string }[]
  }

const kebab = (name: string) =>
  name
    .replace(/V(\d+)$/, '.v$1')
    .replace(/(?<!^)(?=[A-Z])/g, '-')
    .toLowerCase()

test.each(files)('%s is named after its record and says what it and each field mean', (file) => {
  const schema = schemaOf(file)
  expect(`${kebab(schema.name)}.avsc`).toBe(file)
  expect(schema.doc).toBeTruthy()
  expect((schema.fields ?? []).filter(({ doc }) => !doc)).toEqual([])
})

test('every file is part of some topic, or of the archive', () => {
  const envelopes = [...Object.values(topics).map(({ envelope }) => envelope), 'ArchivedMessageV1']
  const composed = envelopes.map((envelope) => JSON.stringify(composeSchema(envelope))).join('')
  expect(
    files
      .map((file) => schemaOf(file).name)
      .filter((name) => !composed.includes(`"name":"${name}"`)),
  ).toEqual([])
})

test.each(Object.values(topics))('$name has a self-contained schema', ({ envelope }) => {
  expect(() => avroType(envelope)).not.toThrow()
})
