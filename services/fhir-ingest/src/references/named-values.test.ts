import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { namedValues } from './named-values.ts'

const values = () => namedValues(new DatabaseSync(''))
const said = (at: number, word = '') => JSON.stringify([at, word])

test('a value is found before and after it is put into the database', () => {
  const { get, set, flush } = values()
  set('a', said(1, 'é"'))
  expect([get('a'), get('b')]).toEqual([said(1, 'é"'), null])
  flush()
  expect([get('a'), get('b')]).toEqual([said(1, 'é"'), null])
})

test('the value said last counts, in whatever order and wherever they are kept', () => {
  const one = fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    at: fc.integer({ min: 1_800_000_000_000_000, max: 1_800_000_000_000_009 }),
    flush: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(one), (all) => {
      const { get, set, flush } = values()
      const expected = new Map<string, number>()
      for (const { id, at, flush: now } of all) {
        set(id, said(at))
        expected.set(id, Math.max(at, expected.get(id) ?? 0))
        if (now) flush()
      }
      for (const [id, at] of expected) expect(get(id)).toBe(said(at))
    }),
  )
})

test('many values are kept', () => {
  const { get, set } = values()
  const ids = Array.from({ length: 12_345 }, (_, n) => `id-${n}`)
  for (const id of ids) set(id, said(1, id))
  for (const id of ids) expect(get(id)).toBe(said(1, id))
})
