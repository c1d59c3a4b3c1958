import { expect, test } from 'vitest'
import { dispense, rde, rds } from './dispensed.fixture.ts'
import { subject, summaryAfter, texts } from './short-form.fixture.ts'

test.each([
  ['another product', 'IBU^Ibuprofen 200mg tablets', 'Ibuprofen 200mg tablets'],
  ['another strength', 'AMX5^Amoxicillin 250mg capsules', 'Amoxicillin 250mg capsules'],
])('%s dispensed under a standing order has a line of its own', (_, drug, name) => {
  const { medicines } = summaryAfter(
    rde('20261126100000', 'NW'),
    rds('20261127100000', '20261127', 'P1', drug),
  )
  expect(texts(medicines).toReversed()).toEqual([
    `${name}, QUANTITY 21 capsule, dispensed 27-Nov-2026`,
    'Amoxicillin 500mg capsules, DOSE 1 capsule',
  ])
})

test('the same product in other letters and spaces is said by its order', () => {
  const { medicines } = summaryAfter(
    rde('20261126100000', 'NW'),
    rds('20261127100000', '20261127', 'P1', 'AMX^AMOXICILLIN 500 mg capsules'),
  )
  expect(texts(medicines)).toEqual(['Amoxicillin 500mg capsules, DOSE 1 capsule'])
})

const insulin = (name: string) => `INS^Insulin, ${name}`
const ordered = (name: string) =>
  rde('20261126100000', 'NW').replace('AMX^Amoxicillin 500mg capsules', insulin(name))

test('products that differ after a comma are two, whether ordered or dispensed', () => {
  const given = rds('20261127100000', '20261127', 'P1', insulin('human'))
  const other = rds('20261128100000', '20261128', 'P1', insulin('glargine'))
  expect(texts(summaryAfter(ordered('human'), given).medicines)).toHaveLength(1)
  expect(texts(summaryAfter(ordered('human'), given, other).medicines).toReversed()).toEqual([
    'Insulin, glargine, QUANTITY 21 capsule, dispensed 28-Nov-2026',
    'Insulin, human, DOSE 1 capsule',
  ])
  expect(texts(summaryAfter(given, other).medicines)).toEqual([
    'Insulin, glargine, QUANTITY 21 capsule, dispensed 28-Nov-2026',
    'Insulin, human, QUANTITY 21 capsule, dispensed 27-Nov-2026',
  ])
})

const orderNumber = { system: 'https://x99.example/id/order', value: 'O1' }

test('what is dispensed under an order not to give it is shown', () => {
  const order = {
    resourceType: 'MedicationRequest',
    id: 'R1',
    identifier: [orderNumber],
    status: 'active',
    intent: 'order',
    doNotPerform: true,
    subject,
    medicationCodeableConcept: { text: 'Furosemide 40mg tablets' },
  }
  const told = dispense('D1', 'completed', {
    authorizingPrescription: [{ type: 'MedicationRequest', identifier: orderNumber }],
  })
  expect(texts(summaryAfter(order, told).medicines)).toEqual(
    expect.arrayContaining([
      'Furosemide 40mg tablets, dispensed 20-Nov-2026',
      expect.stringContaining('DO NOT GIVE: Furosemide'),
    ]),
  )
})

test('FHIR: a product dispensed for a request of another has a line of its own', () => {
  const order = (name: string) => ({
    resourceType: 'MedicationRequest',
    id: 'R1',
    identifier: [orderNumber],
    status: 'active',
    intent: 'order',
    subject,
    medicationCodeableConcept: { text: name },
  })
  const told = dispense('D1', 'completed', {
    authorizingPrescription: [{ type: 'MedicationRequest', identifier: orderNumber }],
  })
  const linesFor = (name: string) => texts(summaryAfter(order(name), told).medicines)
  expect(linesFor('Bumetanide 1mg tablets')).toHaveLength(2)
  expect(linesFor('Furosemide 40mg tablets')).toHaveLength(1)
})
