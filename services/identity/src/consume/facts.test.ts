import { event } from '@tideway/record/entries/histories.fixture'
import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { type FactChange, factChangeOf, mentionsOf, withFactChange } from './facts.ts'

const merge = { ...unsaid.PatientsMerged(), surviving: [], prior: [], survivingKey: 'RJZ|T100' }
const changeOf = (...made: Parameters<typeof event>) => factChangeOf(event(...made)) as FactChange
const merged = changeOf({ ...merge, priorKeys: ['RJZ|9'] }, 1)
const withdrawn = changeOf({ type: 'MessageWithdrawn', message: 'm1', by: 'o', reason: 'r' }, 2)
const restored = changeOf({ type: 'MessageRestored', message: 'm1', by: 'o', reason: null }, 3)

test('a merge is a fact, and names the other patient', () => {
  const facts = withFactChange([], merged)
  expect(facts).toMatchObject([{ id: 'm1.0', message: 'm1' }])
  expect(mentionsOf('RJZ|T100', facts)).toEqual(['RJZ|9'])
})

test('what is sent again changes nothing, another fact comes in its order', () => {
  const facts = withFactChange([], merged)
  expect(withFactChange(facts, merged)).toBe(facts)
  const earlier = changeOf({ ...merge, priorKeys: ['RJZ|8'] }, 0)
  expect(withFactChange(facts, earlier).map(({ id }) => id)).toEqual(['m0.0', 'm1.0'])
})

test('a withdrawn message counts again once it is restored, also when it is sent again', () => {
  const facts = withFactChange(withFactChange([], merged), withdrawn)
  expect(facts).toMatchObject([{ withdrawn: true }])
  expect(withFactChange(facts, withdrawn)).toBe(facts)
  expect(withFactChange(facts, merged)).toMatchObject([{ withdrawn: true }])
  expect(withFactChange(facts, restored)[0]).not.toHaveProperty('withdrawn')
})

test('what says nothing of identity is none', () => {
  const body = { ...unsaid.PatientDetailsReported(), identifiers: [] }
  expect(factChangeOf(event(body, 1))).toBeNull()
})
