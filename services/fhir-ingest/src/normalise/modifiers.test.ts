import { expect, test } from 'vitest'
import { bundle, patient, post, read, subject, system } from '../sender.fixture.ts'

const who = { identifier: { system: system('X99'), value: 'A1' } }
const request = (more: object) => ({
  resourceType: 'ServiceRequest',
  status: 'active',
  intent: 'order',
  code: { text: 'Transfusion' },
  subject: who,
  ...more,
})
const negated = [{ url: 'https://x99.example/negated', valueBoolean: true }]

test.each([
  [
    'an unknown modifier',
    request({ modifierExtension: negated }),
    'ServiceRequest.modifierExtension',
  ],
  [
    'a nested modifier',
    patient('A1', { contact: [{ name: { family: 'Ng' }, modifierExtension: negated }] }),
    'Patient.contact.modifierExtension',
  ],
  [
    'implicit rules',
    request({ implicitRules: 'https://x99.example/rules' }),
    'ServiceRequest.implicitRules',
  ],
])('%s is parked', (_, resource, place) => {
  const { events, problem, faults } = read(resource)
  expect([events, problem, faults.length]).toEqual([[], { code: 'UNKNOWN_MODIFIER', place }, 1])
})

test.each([true, false])('doNotPerform %s is said', (doNotPerform) => {
  const { problem, events } = read(request({ doNotPerform }))
  expect(problem).toBeNull()
  expect(events.map(({ body }) => body)).toMatchObject([{ doNotPerform, status: 'active' }])
})

test('a modifier parks a whole transaction, and only the entry of a batch', () => {
  const entries = [
    post(patient(), 'urn:uuid:p'),
    post(request({ modifierExtension: negated, subject })),
  ]
  expect(read(bundle('transaction', ...entries)).events).toEqual([])
  const batch = read(bundle('batch', ...entries))
  expect(batch.events.map(({ body }) => body.type)).toEqual(['PatientDetailsReported'])
  expect(batch.problem).toEqual({
    code: 'UNKNOWN_MODIFIER',
    place: 'Bundle.entry[1].resource.modifierExtension',
  })
})

test('a resource kept complete keeps its modifiers', () => {
  const goal = {
    resourceType: 'Goal',
    lifecycleStatus: 'active',
    description: { text: 'walk' },
    subject: who,
    modifierExtension: negated,
  }
  expect(read(goal)).toMatchObject({
    problem: null,
    unused: [],
    events: [{ body: { type: 'ResourceReported' } }],
  })
})
