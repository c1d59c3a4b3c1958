import { expect, test } from 'vitest'
import type { Taken } from '../load/plan.ts'
import { missingFrom, type Shown } from './claims.ts'

const taken = (messageId: string, madeAt: number, isResult = true): Taken => ({
  ...{ controlId: messageId, messageId, mrn: '1', sha256: '', isResult },
  ...{ madeAt, sentAt: madeAt, takenAt: madeAt + 500 },
})
const all = [taken('a', 1_000), taken('b', 4_000, false), taken('c', 9_000)]
const answer: Shown = {
  complete: true,
  shownUpTo: 10_000,
  askedAt: 10_500,
  newest: 9_000,
  results: { messages: new Set(['a', 'c']), most: 10 },
}
const ids = (shown: Partial<Shown>) =>
  missingFrom(all, { ...answer, ...shown }).map(({ messageId }) => messageId)

test('what is claimed is there', () => expect(ids({})).toEqual([]))

test('an answer that does not say complete claims nothing', () => {
  expect(ids({ complete: false, newest: null })).toEqual([])
})

test('a result that is not shown, though acknowledged before shownUpTo', () => {
  const results = { messages: new Set(['a']), most: 10 }
  expect(ids({ results })).toEqual(['c'])
  expect(ids({ results, shownUpTo: 9_000 })).toEqual([])
  expect(ids({ results, shownUpTo: null, askedAt: 14_500 })).toEqual(['c'])
})

test('a message that is not the newest though it is newer, or a patient who is not there', () => {
  expect(ids({ newest: 8_000, results: null })).toEqual(['c'])
  expect(ids({ newest: null, results: null })).toEqual(['a', 'b', 'c'])
})

test('of more results than an answer shows, the newest are looked for', () => {
  expect(ids({ results: { messages: new Set(['c']), most: 1 } })).toEqual([])
})
