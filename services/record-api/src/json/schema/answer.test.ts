import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { answerOf } from './stored-answer.fixture.ts'
import { clinicalTime, Coded, list, object, optional, text, optionalText } from './values.ts'

const Thing = object('Thing', 'A thing.', {
  kind: Type.Literal('thing'),
  id: text('Which.'),
  name: optionalText('Its name.'),
  at: clinicalTime('When.'),
  code: optional(Coded, 'What it is.'),
  parts: list(object('Part', 'A part.', { text: optionalText('In words.') })),
  notes: Type.Optional(list(Type.String())),
})
const Other = object('Other', 'Another thing.', {
  kind: Type.Literal('other'),
  until: clinicalTime('Until when.'),
})

const nothing = {
  kind: 'thing',
  id: 'a',
  name: null,
  at: null,
  code: null,
  parts: [],
  notes: [],
} as const
const sent = { text: null, alternateCode: null, alternateText: null, alternateSystem: null }

test('absent values, and empty lists that are not required, are left out', () => {
  expect(answerOf(Thing)(nothing)).toEqual({ kind: 'thing', id: 'a', parts: [] })
  expect(answerOf(Thing)({ ...nothing, notes: ['n'], parts: [{ text: null }] })).toEqual({
    kind: 'thing',
    id: 'a',
    parts: [{}],
    notes: ['n'],
  })
})

test('false, zero and empty text are values', () => {
  const Values = object('Values', 'Values.', {
    is: optional(Type.Boolean()),
    count: optional(Type.Integer()),
    name: optionalText('Its name.'),
  })
  expect(answerOf(Values)({ is: false, count: 0, name: '' })).toEqual({
    is: false,
    count: 0,
    name: '',
  })
})

test('a time without seconds is made a valid dateTime, a text that looks like one is not touched', () => {
  const time = '2026-11-30T10:15+00:00'
  expect(answerOf(Thing)({ ...nothing, at: time, name: time })).toMatchObject({
    at: '2026-11-30T10:15:00+00:00',
    name: time,
  })
})

test.each([
  ['SCT', { system: 'http://snomed.info/sct', systemAsSent: 'SCT' }],
  ['http://loinc.org', { system: 'http://loinc.org', systemAsSent: 'http://loinc.org' }],
  ['WARDLIST', { systemAsSent: 'WARDLIST' }],
  [null, {}],
])('code system %s is %j', (system, expected) => {
  expect(answerOf(Thing)({ ...nothing, code: { ...sent, code: '1', system } })).toMatchObject({
    code: { code: '1', ...expected },
  })
  expect(answerOf(Thing)({ ...nothing, code: { ...sent, code: '1', system } })).toEqual({
    kind: 'thing',
    id: 'a',
    parts: [],
    code: { code: '1', ...expected },
  })
})

test('one of several kinds is written by its own schema', () => {
  const write = answerOf(Type.Union([Thing, Other]))
  expect(write({ kind: 'other', until: '2026-11-30T10:15Z' })).toEqual({
    kind: 'other',
    until: '2026-11-30T10:15:00Z',
  })
  expect(() => write({ kind: 'third' })).toThrow('no known kind')
})

test('a field that is not in the schema is left out', () => {
  const presented = { ...nothing, secret: 'x' }
  expect(answerOf(Thing)(presented)).toEqual({
    kind: 'thing',
    id: 'a',
    parts: [],
  })
})
