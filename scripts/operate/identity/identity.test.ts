import { expect, test } from 'vitest'
import { decisionText, itemsText, personText } from './identity-text.ts'

const member = {
  ...{ organisation: 'RJZ', identifier: '1', since: '2026-11-22T09:00:00Z' },
  ...{ by: 'tideway', rule: 'founder' },
}

test('a person is its numbers and what holds them together', () => {
  const text = personText({
    id: 'p',
    members: [member, { ...member, organisation: 'RJ1', generation: 2, rule: 'r', score: 64.12 }],
  })
  expect(text).toContain('Person p')
  expect(text).toMatch(/RJ1 1 \(person 2 with it\).+tideway +r +64\.1/)
})

test('work items are listed with their ids', () => {
  expect(itemsText([])).toBe('No work items are open.')
  const item = {
    ...{ id: 'w', kind: 'bridge', patients: [member], since: member.since, rule: 'r' },
  }
  expect(itemsText([item])).toMatch(/bridge +r +RJZ 1 +w\n\n1 work item is open/)
})

test('a decision that is not in force yet says so', () => {
  const answer = { decision: 'd', effective: false, persons: [] }
  expect(decisionText(answer)).toContain('not in force yet')
  expect(decisionText({ ...answer, effective: true })).toBe('Decision d is in force.')
})
