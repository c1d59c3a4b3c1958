import { expect, test } from 'vitest'
import { countPair, differingPaths, noDifferences } from './compare.ts'

test('differences are named by path, never by value', () => {
  const before = {
    _id: 'a',
    version: 1,
    rules: 'x',
    at: new Date(1),
    data: { list: [{ value: '1' }, { value: '2' }], gone: true },
    details: { RJZ: { name: 'A' } },
  }
  const after = {
    _id: 'a',
    version: 9,
    rules: 'y',
    at: new Date(1),
    data: { list: [{ value: '1' }, { value: '3' }, { value: '4' }] },
    details: { RJZ: { name: 'B' } },
  }
  expect(differingPaths(before, after).toSorted()).toEqual([
    'data.gone',
    'data.list[]',
    'data.list[].value',
    'details.*.name',
  ])
  expect(differingPaths(before, { ...before, version: 2, rules: 'z' })).toEqual([])
  expect(differingPaths({ at: new Date(1) }, { at: new Date(2) })).toEqual(['at'])
  expect(differingPaths({ a: null }, { a: [] })).toEqual(['a'])
})

test('counts by kind what one generation alone has', () => {
  const counts = noDifferences()
  countPair(counts, { a: 1 }, { a: 1 })
  countPair(counts, { a: 1 }, { a: 2 })
  countPair(counts, { a: 1 }, null)
  countPair(counts, null, { a: 1 })
  expect(counts).toEqual({
    same: 1,
    differing: 1,
    onlyBefore: 1,
    onlyAfter: 1,
    paths: new Map([['a', 1]]),
  })
})
