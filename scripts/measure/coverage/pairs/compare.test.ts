import { expect, test } from 'vitest'
import { bundleOf, observation, paths, readingOf, text } from './compare.fixture.ts'
import { compare } from './compare.ts'

test('value, unit, time, status and performer are found in the observation of that code, whatever the trailing zeros', () => {
  const { held, missed } = paths(
    bundleOf(
      observation('K', {
        status: 'final',
        effectiveDateTime: '2026-07-01',
        valueQuantity: { value: 4.1, unit: 'mmol/L' },
        performer: [{ display: 'LAB 1' }, { display: '1 Long Lane' }],
      }),
    ),
  )
  expect(missed).toEqual([])
  expect(held).toEqual(
    expect.arrayContaining([
      'Observation.valueQuantity.value',
      'Observation.valueQuantity.unit',
      'Observation.status',
      'Observation.effectiveDateTime',
    ]),
  )
})

test('value and status of another observation do not count', () => {
  expect(
    paths(bundleOf(observation('NA', { status: 'final', valueQuantity: { value: 4.1 } }))).missed,
  ).toEqual(['Observation.status', 'Observation.valueQuantity.value'])
})

test('answers in an order are observations, and its OBR is a report', () => {
  const ask = readingOf(
    'MSH|^~\\&|LIMS|X99|||202607010915||OML^O21|1|P|2.4\rPID|1||1002003^^^X99^MR||DOE^JANE||19800101|F\rORC|NW|P1\rOBR|1|P1||CUL^Culture^L\r' +
      'OBX|1|ST|PREG^Pregnant^L||NO||||||F\rOBX|2|ST|FAST^Fasting^L||YES||||||P\r',
  )
  const bundle = bundleOf(
    observation('PREG', { status: 'final', valueString: 'NO' }),
    observation('FAST', { valueString: 'NO' }),
    { resourceType: 'DiagnosticReport', code: { coding: [{ code: 'CUL' }] } },
  )
  const { held, missed } = compare(ask.message, ask.bodies, bundle)
  expect(held.map(({ value }) => value)).toEqual(
    expect.arrayContaining(['PREG', 'final', 'NO', 'CUL']),
  )
  expect(missed).toEqual([expect.objectContaining({ codes: ['FAST'], value: 'NO' })])
})

test('of the visit a result has the number only; an order also has the location', () => {
  const visit = {
    resourceType: 'Encounter',
    identifier: [{ value: 'V77' }],
    location: [{ location: { reference: 'Location/1' } }],
  }
  const bundle = bundleOf(visit, { resourceType: 'Location', id: '1', name: 'PICU' })
  const pv1 = `PV1|1|I|PICU${'|'.repeat(16)}V77\r`
  const result = readingOf(text.replace('OBR|', `${pv1}OBR|`))
  const order = readingOf(
    text.replace('ORU^R01', 'ORM^O01').replace('OBR|', `${pv1}ORC|NW|P1\rOBR|`),
  )
  const [ofResult, ofOrder] = [result, order].map((read) =>
    compare(read.message, read.bodies, bundle),
  )
  expect([ofResult?.held, ofOrder?.held].map((held) => held?.map(({ value }) => value))).toEqual([
    ['V77'],
    ['V77', 'PICU'],
  ])
  expect([...(ofResult?.missed ?? []), ...(ofOrder?.missed ?? [])]).toEqual([])
  expect(compare(result.message, [], bundle).missed.map(({ value }) => value)).toEqual(['V77'])
})

test('a note below the document of an order is found in the document, other facts of the order are not', () => {
  const sent = readingOf(`${text}TXA|1|DIS||||||||||D1\rNTE|1||typed`)
  const documents = sent.bodies.filter(({ type }) => type === 'DocumentReported')
  const { held, missed } = compare(
    sent.message,
    documents,
    bundleOf({ resourceType: 'ServiceRequest', note: [{ text: 'typed' }], code: { text: 'D1' } }),
  )
  expect([held, missed].map((facts) => facts.map(({ value }) => value))).toEqual([
    ['typed'],
    ['D1'],
  ])
})

test('a charge for a medicine is not a dispense', () => {
  const sent = readingOf(`${text}FT1|1||||||||||5|||||||||||||||A9^ASPIRIN`)
  expect(
    compare(
      sent.message,
      [],
      bundleOf({
        resourceType: 'MedicationDispense',
        medicationCodeableConcept: { coding: [{ code: 'A9' }] },
        quantity: { value: 1 },
      }),
    ).missed,
  ).toEqual([])
})
