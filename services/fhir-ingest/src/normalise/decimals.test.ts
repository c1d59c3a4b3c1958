import { expect, test } from 'vitest'
import { normalise } from './normalise.ts'
import { jsonText } from '@tideway/fhir/parse-json'
import { bundle, bytesOf, observation, patient, rules, subject, trust } from '../sender.fixture.ts'

/**
 * Numbers are sent as strings, e.g. `'5.10'`, because JavaScript would not keep their trailing
 * zeros.
 */
const bodiesOf = (resource: object) => {
  const sent = bundle('collection', { fullUrl: 'urn:uuid:p', resource: patient() }, { resource })
  const bytes = Buffer.from(
    bytesOf(sent)
      .toString()
      .replace(/"(-?\d+\.\d*0)"/g, '$1'),
  )
  return normalise({ source: trust, bytes, receivedAt: 1_800_000_000_000_000 }, rules).events.map(
    ({ body }) => body,
  )
}

test('a complete resource is kept as written, including the null beside an extension', () => {
  const goal = {
    resourceType: 'Goal',
    lifecycleStatus: 'active',
    description: { text: 'x' },
    subject,
    target: [{ measure: { text: 'x' }, detailQuantity: { value: '0.10', unit: 'mg' } }],
  }
  const [, body] = bodiesOf(goal)
  expect(body).toMatchObject({
    type: 'ResourceReported',
    json: expect.stringContaining('"detailQuantity":{"value":0.10,"unit":"mg"}'),
  })
})

test('values, components, ranges, doses and periods keep trailing zeros', () => {
  const [, measured] = bodiesOf(
    observation(
      'K',
      {
        valueQuantity: { value: '5.10' },
        referenceRange: [{ low: { value: '3.50' }, high: { value: '5.0' } }],
      },
      {
        component: [
          { code: { text: 'c' }, valueRange: { low: { value: '1.0' }, high: { value: '2.50' } } },
        ],
      },
    ),
  )
  expect(measured).toMatchObject({
    observations: [{ value: '5.10', range: '3.50-5.0' }, { value: '1.0-2.50' }],
  })
  const dosageInstruction = [
    {
      timing: { repeat: { frequency: 1, period: '1.50', periodUnit: 'h' } },
      doseAndRate: [{ doseQuantity: { value: '0.10', unit: 'mg' } }],
    },
  ]
  const [, ordered] = bodiesOf({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'x' },
    subject,
    identifier: [{ system: 'urn:x', value: '1' }],
    dosageInstruction,
  })
  const json = JSON.stringify(ordered)
  expect([json.includes('"value":"0.10"'), json.includes('"value":"1.50"')]).toEqual([true, true])
})

test('a number whose text is not JSON is written as its value', () => {
  const sent = { a: 5 }
  expect(jsonText(sent, new WeakMap([[sent, new Map([['a', '+5.0']])]]))).toBe('{"a":5}')
})
