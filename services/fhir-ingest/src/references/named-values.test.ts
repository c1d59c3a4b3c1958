import { hash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { namedValues } from './named-values.ts'

const values = () => namedValues(new DatabaseSync(''))
/** As ids are: base64 of a hash. */
const idOf = (word: string) => hash('sha256', word, 'base64').slice(0, 22)
const said = (at: number, word = '') => [at, `${at} ${word}`] as const
const value = (at: number, word = '') => said(at, word)[1]

test('a value is found before and after it is put into the database', () => {
  const { get, set, flush } = values()
  const [a, b] = ['a', 'b'].map(idOf) as [string, string]
  set(a, ...said(1, 'é"'))
  expect([get(a), get(b)]).toEqual([value(1, 'é"'), null])
  flush()
  expect([get(a), get(b)]).toEqual([value(1, 'é"'), null])
})

test('the value said last counts, in whatever order and wherever they are kept', () => {
  const one = fc.record({
    id: fc.constantFrom(...['a', 'b', 'c'].map(idOf)),
    at: fc.integer({ min: 1_800_000_000_000_000, max: 1_800_000_000_000_009 }),
    flush: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(one), (all) => {
      const { get, set, flush } = values()
      const expected = new Map<string, number>()
      for (const { id, at, flush: now } of all) {
        set(id, ...said(at))
        expected.set(id, Math.max(at, expected.get(id) ?? 0))
        if (now) flush()
      }
      for (const [id, at] of expected) expect(get(id)).toBe(value(at))
    }),
  )
})

test('many values are kept', () => {
  const { get, set } = values()
  const ids = Array.from({ length: 12_345 }, (_, n) => idOf(`${n}`))
  for (const id of ids) set(id, ...said(1, id))
  for (const id of ids) expect(get(id)).toBe(value(1, id))
})

test('an id whose number is taken is not found: it is never taken for the other', () => {
  const { get, set, flush } = values()
  const one = idOf('one')
  const other = `${one.slice(0, 12)}${idOf('other').slice(12)}`
  set(one, ...said(1))
  flush()
  expect([get(one), get(other)]).toEqual([value(1), null])
  set(other, ...said(2))
  flush()
  expect([get(one), get(other)]).toEqual([null, value(2)])
})
