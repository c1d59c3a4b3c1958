import { expect, test } from 'vitest'
import { datedStrand, strandsOf, undatedStrand } from './strands.ts'

const days = Array.from({ length: 11 }, (_, index) => `2026-07-${String(index + 10)}T09:00Z`)
const origin = { message: 'm', place: 'PV1[1]', version: '0:0', source: 'RJZ' } as never

test('facts of a date stay together, those without one by the day they happened', () => {
  const facts = ['a', 'b', 'c', 'd']
  const strands = [
    datedStrand('2026-07-01T10:00Z'),
    undatedStrand('2026-07-01T10:00Z', origin),
    datedStrand('2026-07-01T10:00Z'),
    undatedStrand('2026-07-01T22:00Z', origin),
  ]
  expect(strandsOf(facts, (fact) => strands[facts.indexOf(fact)] as never)).toEqual([
    ['a', 'c'],
    ['b', 'd'],
  ])
})

test('of many days all but the latest are taken together, in the order of the facts', () => {
  const facts = [...days, ...days].map((at, index) => ({ at, index }))
  const found = strandsOf(facts, ({ at }) => undatedStrand(at, origin))
  expect(found.map((strand) => strand.length)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 6])
  expect(found.at(-1)?.map(({ index }) => index)).toEqual([0, 1, 2, 11, 12, 13])
})
