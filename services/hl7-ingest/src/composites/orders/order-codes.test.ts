import { expect, test } from 'vitest'
import { given } from '../../normalise/normalise.fixture.ts'
import { requests } from './orders.fixture.ts'

test.each([
  ['Chest pain', 'Chest pain'],
  ['CP^Chest pain^L', 'Chest pain (CP)'],
  ['^Chest pain', 'Chest pain'],
  ['^^^CP^Chest pain', 'Chest pain (CP)'],
  ['^^^^Chest pain', 'Chest pain'],
])('OBR-13 of an order %s is %s: a code since 2.7', (sent, expected) => {
  expect(requests('ORC|NW|P1', `OBR|1|P1||CT|||||||||${sent}`)[0]?.clinicalInformation).toBe(
    expected,
  )
})

test.each([
  ['^^^XR12^Chest X-ray^L', 'XR12', 'Chest X-ray'],
  ['^^^^Chest X-ray', null, 'Chest X-ray'],
  ['^^^^^^^^Chest X-ray', null, 'Chest X-ray'],
  ['^Chest X-ray', null, 'Chest X-ray'],
])('the service of an order as %s is known by its alternate', (obr4, code, text) => {
  const [request] = requests('ORC|NW', `OBR|1|||${obr4}`)
  expect(request).toMatchObject({ service: { code, text } })
  expect(request?.requestId).toBe(`~${code ?? text}@`)
})

test('two results known by alternate codes alone are two', () => {
  const { events } = given(
    [
      'MSH|^~\\&|LIMS|X99|T|S|20260701091500||ORU^R01|1|P|2.5.1',
      'PID|1||1002003^^^X99^MR',
      'OBR|1||F1|UE',
      'OBX|1|NM|^^^2823-3^Potassium^LN||5.1|mmol/L|||||F',
      'OBX|2|NM|^^^2951-2^Sodium^LN||140|mmol/L|||||F',
      '',
    ].join('\r'),
  )
  const observations = events.flatMap(({ body }) =>
    body.type === 'ResultReported' ? body.observations : [],
  )
  expect(observations.map(({ key, code }) => [key, code.code, code.text])).toEqual([
    ['2823-3||1', '2823-3', 'Potassium'],
    ['2951-2||1', '2951-2', 'Sodium'],
  ])
})
