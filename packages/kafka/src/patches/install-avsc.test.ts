import { createRequire } from 'node:module'
import type avro from 'avsc'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patchedAvscVersion } from './install-avsc.ts'

const require = createRequire(import.meta.url)
const patched = require('avsc') as typeof avro
for (const file of Object.keys(require.cache))
  if (file.includes('/avsc/')) delete require.cache[file]
const original = require('avsc') as typeof avro

const schema: avro.Schema = {
  type: 'record',
  name: 'Said',
  fields: [
    { name: 'text', type: 'string' },
    { name: 'maybeText', type: ['null', 'string'] },
    { name: 'maybeNumber', type: ['null', 'long'] },
    { name: 'textOrNumber', type: ['string', 'long'] },
    { name: 'maybeLast', type: ['boolean', 'null'] },
    { name: 'maybeEither', type: ['null', 'boolean', 'string'] },
    { name: 'textByDefault', type: ['null', 'string'], default: null },
    { name: 'numbers', type: { type: 'array', items: 'long' } },
    { name: 'textsByDefault', type: { type: 'array', items: 'string' }, default: [] },
    { name: 'numberByDefault', type: 'long', default: 7 },
    {
      name: 'maybePart',
      type: [
        'null',
        {
          type: 'record',
          name: 'Part',
          fields: [{ name: 'of', type: { type: 'array', items: ['null', 'string'] } }],
        },
      ],
    },
  ],
}
const writers = [patched, original].map(({ Type }) => Type.forSchema(schema))

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme-ascii', minLength: 60, maxLength: 68 }),
)
/** What avsc takes for a long. */
const long = fc.maxSafeInteger().map((number) => Math.trunc(number / 4))
const values = fc.record({
  text,
  maybeText: fc.option(text),
  maybeNumber: fc.option(long),
  textOrNumber: fc.oneof(text, long),
  maybeLast: fc.option(fc.boolean()),
  maybeEither: fc.option(fc.oneof(text, fc.boolean())),
  textByDefault: fc.oneof(text, fc.constantFrom(null, undefined)),
  numbers: fc.array(long, { maxLength: 3 }),
  textsByDefault: fc.oneof(fc.array(text, { maxLength: 3 }), fc.constant(undefined)),
  numberByDefault: fc.oneof(long, fc.constant(undefined)),
  maybePart: fc.option(fc.record({ of: fc.array(fc.option(text), { maxLength: 4 }) })),
})

test('avsc has the version the patches were written for', () => {
  const { version } = require('avsc/package.json') as { version: string }
  expect(version, 'measure again, and check every file under patches/').toBe(patchedAvscVersion)
})

test('compares the patched avsc with one as published', () => {
  expect(patched.Type).not.toBe(original.Type)
})

test('writes the bytes that avsc as published writes', () => {
  fc.assert(
    fc.property(values, (value) => {
      const [actual, expected] = writers.map((type) => type.toBuffer(value))
      expect(actual?.equals(expected as Buffer)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('says by how much a record exceeds its buffer, as avsc does', () => {
  fc.assert(
    fc.property(values, fc.nat(40), (value, room) => {
      const [actual, expected] = writers.map((type) => type.encode(value, Buffer.alloc(room), 0))
      expect(actual).toBe(expected)
    }),
  )
})

test.each([
  ['text', null],
  ['text', 7],
  ['maybeText', 7],
  ['maybeText', undefined],
  ['maybeNumber', 'x'],
  ['maybePart', { of: 7 }],
])('%s cannot be %s', (field, wrong) => {
  const value = {
    text: '',
    maybeText: null,
    maybeNumber: null,
    textOrNumber: 1,
    maybeLast: null,
    maybeEither: null,
    maybePart: null,
    [field]: wrong,
  }
  for (const type of writers) expect(() => type.encode(value, Buffer.alloc(1_000), 0)).toThrow()
})
