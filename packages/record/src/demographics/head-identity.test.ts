import { type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { at, details, identifier, patient } from '../entries/histories.fixture.ts'
import { given } from './head.fixture.ts'

test('links, moves and changed identifiers are kept in version order', () => {
  const head = given(
    ['RJZ', { ...unsaid.PatientsLinked(), otherKeys: ['RJZ|2'] }],
    ['RJZ', { ...unsaid.EncounterMoved(), encounterIds: ['V1'] }],
  )
  expect(head.identity.map(({ fact, message }) => [fact.type, message])).toEqual([
    ['PatientsLinked', 'm0'],
    ['EncounterMoved', 'm1'],
  ])
})

test('a removal stands however many facts follow it, and erases nothing', () => {
  const after = Array.from({ length: 30 }, (): [string, EventBody] => [
    'RJZ',
    unsaid.PatientsLinked(),
  ])
  const head = given(
    ['RJZ', details({ sex: 'MALE' })],
    ['RJZ', { ...unsaid.PatientRemoved(), at: at(1) }],
    ...after,
  )
  expect([head.removed?.at, head.identity.length, head.details['RJZ']?.length]).toEqual([
    at(1),
    20,
    1,
  ])
})

test('registering the patient again undoes an earlier removal, in either order, but not a later one', () => {
  const removed: [string, EventBody] = ['RJZ', { ...unsaid.PatientRemoved(), at: at(1) }]
  const registered: [string, EventBody] = ['RJZ', details({ registers: true })]
  expect(given(removed, registered).removed).toBeNull()
  expect(given(removed, ['RJZ', details({ sex: 'MALE' })]).removed?.at).toBe(at(1))
  expect(given(registered, removed).removed?.at).toBe(at(1))
})

test('a merge is recorded as a merge on the surviving record, and as an identity fact on the other', () => {
  const merged = (survivingKey: string, priorKeys: string[]): [string, EventBody] => [
    'RJZ',
    {
      type: 'PatientsMerged',
      surviving: [identifier('A')],
      prior: [identifier('B')],
      priorKeys,
      priorAccount: null,
      priorVisit: null,
      priorNames: [],
      survivingKey,
      mergedAt: null,
    },
  ]
  expect(given(merged(patient, ['RJZ|B']))).toMatchObject({
    merges: [{ priorKeys: ['RJZ|B'] }],
    identity: [],
  })
  expect(given(merged('RJZ|A', [patient]))).toMatchObject({
    merges: [],
    identity: [{ fact: { survivingKey: 'RJZ|A', surviving: [], prior: [] } }],
  })
})
