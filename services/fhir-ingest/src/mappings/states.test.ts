import { expect, test } from 'vitest'
import { read, system } from '../sender.fixture.ts'

const subject = { identifier: { system: system('X99'), value: 'A1' } }

test.each([
  [
    'a goal has its own status code',
    { resourceType: 'Goal', lifecycleStatus: 'entered-in-error', description: { text: 'walk' } },
    { status: 'entered-in-error' },
  ],
  [
    'a visit diagnosis has the same category as in HL7 v2',
    {
      resourceType: 'Condition',
      category: [{ coding: [{ code: 'encounter-diagnosis' }] }],
      code: { text: 'N17' },
    },
    { category: 'diagnosis' },
  ],
  [
    'so is a problem',
    {
      resourceType: 'Condition',
      category: [{ coding: [{ code: 'problem-list-item' }] }],
      code: { text: 'N17' },
    },
    { category: 'problem' },
  ],
])('%s', (_, resource, expected) => {
  expect(read({ ...resource, subject }).events[0]?.body).toMatchObject(expected)
})
