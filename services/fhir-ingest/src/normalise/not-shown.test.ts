import { expect, test } from 'vitest'
import { bundle, observation, patient, post, read, subject, system } from '../sender.fixture.ts'

const who = { identifier: { system: system('X99'), value: 'A1' } }

/** By event, what it does not show. */
const notShownIn = (resource: object) =>
  read(resource).events.flatMap(({ place, notShown }) =>
    notShown === null ? [] : [[place, notShown.count, notShown.places]],
  )

const potassium = (more: object) => observation('K', { valueQuantity: { value: 6.1 } }, more)

test('an element that no mapping knows is said with the entry of its resource', () => {
  expect(
    notShownIn(
      bundle(
        'transaction',
        post(patient(), 'urn:uuid:p'),
        post(potassium({ extension: [{ url: 'https://x.example/drip-arm', valueBoolean: true }] })),
      ),
    ),
  ).toEqual([['Bundle.entry[1].resource', 1, ['Bundle.entry[1].resource.extension[0]']]])
})

test('each item of a list is a value, and has its number', () => {
  const extension = ['a', 'b'].map((url) => ({ url: `https://x.example/${url}`, valueCode: 'c' }))
  expect(notShownIn(patient('A1', { extension }))).toEqual([
    ['Patient', 2, ['Patient.extension[0].valueCode', 'Patient.extension[1].valueCode']],
  ])
})

test('what a report is made of is said with the report', () => {
  const report = post({
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: 'U&E' },
    subject,
    result: [{ reference: 'urn:uuid:K' }],
  } as never)
  const value = post(
    potassium({ extension: [{ url: 'https://x.example/drip-arm', valueBoolean: true }] }),
    'urn:uuid:K',
  )
  expect(notShownIn(bundle('transaction', post(patient(), 'urn:uuid:p'), value, report))).toEqual([
    ['Bundle.entry[2].resource', 1, ['Bundle.entry[1].resource.extension[0]']],
  ])
})

test('a resource of a type that no mapping knows is said with the patient', () => {
  const measure = post({ resourceType: 'Substance', code: { text: 'Latex' } } as never)
  expect(notShownIn(bundle('transaction', post(patient(), 'urn:uuid:p'), measure))).toEqual([
    ['Bundle.entry[0].resource', 1, ['Bundle.entry[1].resource']],
  ])
})

test.each([
  ['addresses', patient('A1', { address: [{ city: 'York', period: { start: '2020' } }] })],
  ['identifiers', potassium({ subject: who, identifier: [{ assigner: { display: 'x' } }] })],
])('%s are not clinical content', (_, resource) => {
  expect(notShownIn(resource)).toEqual([])
})

test('a resource kept complete says that it has modifiers', () => {
  const goal = {
    resourceType: 'Goal',
    lifecycleStatus: 'active',
    description: { text: 'walk' },
    subject: who,
    target: [{ modifierExtension: [{ url: 'https://x99.example/negated', valueBoolean: true }] }],
  }
  expect(notShownIn(goal)).toEqual([['Goal', 1, ['Goal.target[0].modifierExtension[0]']]])
})
