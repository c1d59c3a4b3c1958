import { expect, test } from 'vitest'
import { dose, lineOf } from './prescription-line.fixture.ts'

const amount = (value: number, unit: string) => ({ value, unit })

test.each([
  ['rateQuantity', { rateQuantity: amount(5, 'ml/h') }, 'RATE 5 ml/h'],
  [
    'rateRatio',
    { rateRatio: { numerator: amount(500, 'ml'), denominator: amount(4, 'h') } },
    'RATE 500 ml/4 h',
  ],
  [
    'rateRange',
    { rateRange: { low: amount(5, 'ml/h'), high: amount(10, 'ml/h') } },
    '"rate 5 ml/h to 10 ml/h"',
  ],
])('an infusion with %s', (_, rate, words) => {
  expect(lineOf('Noradrenaline', { doseAndRate: [rate] })).toBe(`Noradrenaline, ${words}`)
})

test('an infusion with dose, rate, route and duration', () => {
  expect(
    lineOf('Magnesium sulfate', {
      route: { text: 'Intravenous' },
      timing: { repeat: { count: 1, duration: 20, durationUnit: 'min' } },
      doseAndRate: [{ doseQuantity: amount(2, 'g'), rateQuantity: amount(300, 'ml/h') }],
    }),
  ).toBe('Magnesium sulfate, DOSE 2 g, RATE 300 ml/h, Intravenous, over 20 minutes, 1 in all')
})

test('a taper with texts keeps dose, frequency, days and the words of each step', () => {
  const step = (sequence: number, value: number, days: number, text: string) => ({
    sequence,
    text,
    timing: {
      repeat: {
        frequency: 1,
        period: 1,
        periodUnit: 'd',
        boundsDuration: { value: days, unit: 'd' },
      },
    },
    ...dose(value, 'mg'),
  })
  expect(
    lineOf(
      'Prednisolone',
      step(3, 10, 7, 'with food'),
      step(1, 30, 5, 'in the morning'),
      step(2, 20, 5, 'in the morning'),
    ),
  ).toBe(
    'Prednisolone, DOSE 30 mg, once a day, "in the morning", for 5 days, then DOSE 20 mg, once a day, "in the morning", for 5 days, then DOSE 10 mg, once a day, "with food", for 7 days',
  )
})

test('as needed with its reason and the most in a day', () => {
  expect(
    lineOf('Paracetamol', {
      asNeededCodeableConcept: { text: 'pain' },
      timing: { code: { text: 'every 6 hours' } },
      maxDosePerPeriod: { numerator: amount(4, 'g'), denominator: amount(24, 'h') },
      ...dose(1, 'g'),
    }),
  ).toBe('Paracetamol, DOSE 1 g, every 6 hours, as needed for pain, maximum 4 g in 24 hours')
})
