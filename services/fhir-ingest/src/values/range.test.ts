import { expect, test } from 'vitest'
import { read, system } from '../sender.fixture.ts'

const observation = (more: object) => {
  const { events } = read({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Potassium' },
    subject: { identifier: { system: system('X99'), value: 'A1' } },
    effectiveDateTime: '2026-09-01T09:00:00+01:00',
    ...more,
  })
  const body = events.find(({ body }) => body.type === 'ResultReported')?.body as unknown as {
    observations: object[]
  }
  return body.observations[0]
}
const high = (value: number) => ({ high: { value, unit: 'mmol/L' } })
const low = (value: number) => ({ low: { value, unit: 'mmol/L' } })

test.each([
  [[high(5), { ...low(0.5), ...high(9), type: { text: 'Critical' } }], '<= 5; Critical: 0.5-9'],
  [[high(5)], '<= 5'],
  [[low(3.5)], '>= 3.5'],
  [[{ ...low(3.5), ...high(5) }], '3.5-5'],
  [[{ ...low(-3), ...high(-1) }], '-3 to -1'],
  [[{ ...low(-2), ...high(2) }], '-2-2'],
  [[{ text: 'up to 5' }], 'up to 5'],
  [[{ ...high(5), type: { coding: [{ code: 'normal', display: 'Normal Range' }] } }], '<= 5'],
  [
    [{ ...high(5), appliesTo: [{ text: 'Female' }], age: { low: { value: 18, unit: 'a' } } }],
    'Female, age >= 18 a: <= 5',
  ],
])('the range of %j', (referenceRange, range) => {
  expect(observation({ referenceRange, valueQuantity: { value: 120.0 } })).toMatchObject({ range })
})

test('the unit of a range is said if it is not that of the value', () => {
  const value = (unit: string) => ({ valueQuantity: { value: 4, unit }, referenceRange: [high(5)] })
  expect(observation(value('mmol/L'))).toMatchObject({ range: '<= 5' })
  expect(observation(value('mg/dL'))).toMatchObject({ range: '<= 5 mmol/L' })
})

test('the range of a component', () => {
  const components = observation({
    component: [{ code: { text: 'K' }, valueQuantity: { value: 4 }, referenceRange: [high(5)] }],
  })
  expect(components).toMatchObject({ range: '<= 5' })
})

test.each([
  [high(5), '<= 5', { comparator: '<=', value: 5, high: null }],
  [low(5), '>= 5', { comparator: '>=', value: 5, high: null }],
  [{ ...low(5), ...high(9) }, '5-9', { comparator: null, value: 5, high: 9 }],
])('a value that is a range: %j', (valueRange, value, numeric) => {
  expect(observation({ valueRange })).toMatchObject({ value, numeric })
})

const ends = (low: [number, string], high: [number, string]) => ({
  low: { value: low[0], unit: low[1] },
  high: { value: high[0], unit: high[1] },
})

test('ends with units of their own each keep theirs', () => {
  const days = ends([0, 'd'], [1, 'mo'])
  expect(observation({ valueRange: days })).toMatchObject({
    value: '0 d-1 mo',
    valueType: 'ST',
    unit: null,
    numeric: null,
  })
  expect(
    observation({ valueQuantity: { value: 4, unit: 'mmol/L' }, referenceRange: [days] }),
  ).toMatchObject({ range: '0 d-1 mo' })
  expect(
    observation({ valueString: 'x', referenceRange: [{ ...high(5), age: days }] }),
  ).toMatchObject({ range: 'age 0 d-1 mo: <= 5' })
  expect(observation({ valueRange: ends([1, 'mmol/L'], [3, 'mmol/L']) })).toMatchObject({
    value: '1-3',
    unit: { code: 'mmol/L' },
  })
})

test('the same unit in words and as a code is one unit', () => {
  const range = { low: { value: 1, unit: 'day', code: 'd' }, high: { value: 3, code: 'd' } }
  expect(observation({ valueRange: range })).toMatchObject({ value: '1-3' })
})

test.each([
  [{ value: 1, unit: '' }, { value: 128, unit: '' }, '1:128', 'SN'],
  [{ value: 1 }, { value: 128 }, '1:128', 'SN'],
  [{ value: 5, unit: 'mg' }, { value: 1, unit: 'L' }, '5 mg/L', 'ST'],
  [{ value: 5, unit: 'mg' }, { value: 100, unit: 'mL' }, '5 mg/100 mL', 'ST'],
  [{ value: 5, comparator: '<', unit: 'mg' }, { value: 24, code: 'h' }, '<5 mg/24 h', 'ST'],
  [{ value: 5, unit: 'mg' }, { unit: 'L' }, '5 mg/L', 'ST'],
])('the ratio of %j to %j', (numerator, denominator, value, valueType) => {
  expect(observation({ valueRatio: { numerator, denominator } })).toMatchObject({
    value,
    valueType,
  })
})

test('the unit of the upper end counts as read', () => {
  const { notShown } = read({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Potassium' },
    subject: { identifier: { system: system('X99'), value: 'A1' } },
    valueQuantity: { value: 4, unit: 'mmol/L' },
    referenceRange: [ends([3.5, 'mmol/L'], [5.3, 'mmol/L'])],
  }).events[0] as { notShown: unknown }
  expect(notShown).toBeNull()
})
