import { system } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import { inEveryOrder } from './only-observation.fixture.ts'

const resource = (status: string, issued: string, said: object) => ({
  resourceType: 'Bundle',
  type: 'collection',
  timestamp: issued,
  entry: [
    {
      fullUrl: 'urn:uuid:o',
      resource: {
        resourceType: 'Observation',
        identifier: [{ system: system('X99', 'report'), value: 'O1' }],
        status,
        code: { text: 'Potassium' },
        subject: { type: 'Patient', identifier: { system: system('X99'), value: 'A1' } },
        issued,
        ...said,
      },
    },
  ],
})
const quantity = { valueQuantity: { value: 7.9, unit: 'mmol/L' } }

test.each([
  ['valueString', { valueString: 'Wrong patient' }, 'Wrong patient'],
  ['valueCodeableConcept', { valueCodeableConcept: { text: 'Wrong patient' } }, 'Wrong patient'],
  ['a note', { note: [{ text: 'Wrong patient' }] }, null],
  ['a note beside the value', { ...quantity, note: [{ text: 'Wrong patient' }] }, null],
  ['dataAbsentReason', { dataAbsentReason: { text: 'Wrong patient' } }, null],
])('FHIR: the words in %s', (_, said, value) => {
  const found = inEveryOrder(
    resource('final', '2026-09-01T16:00:00Z', quantity),
    resource('corrected', '2026-09-01T17:00:00Z', said),
  )
  expect(found?.coded?.text ?? found?.value ?? null).toBe(value)
  expect(found).toMatchObject({ earlier: [{ value: '7.9', withdrawn: 'wrong-patient' }] })
})
