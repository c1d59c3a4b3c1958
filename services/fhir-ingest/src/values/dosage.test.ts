import { medicineLine } from '@tideway/record/summary/medicines/medicine-line'
import { expect, test } from 'vitest'
import { read, system } from '../sender.fixture.ts'

const mg = (value: number, more: object = {}) => ({
  doseAndRate: [{ doseQuantity: { value, unit: 'mg' } }],
  ...more,
})
const at = (code: string) => ({ timing: { code: { text: code } } })
const prescribed = (...dosageInstruction: object[]) => {
  const { events } = read({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    subject: { identifier: { system: system('X99'), value: 'A1' } },
    medicationCodeableConcept: { text: 'Prednisolone' },
    dosageInstruction,
  })
  const [event] = events
  if (event?.body.type !== 'MedicationPrescribed') throw new Error('no prescription')
  return event.body
}

test.each([
  [
    'a tapering dose',
    [mg(40, { text: '40 mg for 5 days' }), mg(30, { text: 'then 30 mg' })],
    'Prednisolone, DOSE 40 mg, 40 mg for 5 days, then DOSE 30 mg, then 30 mg',
  ],
  ['one without text', [mg(40), mg(30)], 'Prednisolone, DOSE 40 mg, then DOSE 30 mg'],
  [
    'another at night',
    [mg(10, at('morning')), mg(20, at('night'))],
    'Prednisolone, DOSE 10 mg, morning, then DOSE 20 mg, night',
  ],
  [
    'the same dose twice',
    [mg(10, at('morning')), mg(10, at('night'))],
    'Prednisolone, DOSE 10 mg, morning, then night',
  ],
  [
    'different routes',
    [mg(10, { route: { text: 'oral' } }), mg(10, { route: { text: 'rectal' } })],
    'Prednisolone, DOSE 10 mg, oral, then rectal',
  ],
])('%s is not reduced to the first instruction', (_, instructions, line) => {
  expect(medicineLine(prescribed(...instructions))).toBe(line)
})

test('two routes are both in the text', () => {
  expect(
    prescribed(mg(10, { route: { text: 'oral' } }), mg(10, { route: { text: 'rectal' } })),
  ).toMatchObject({ route: null, dosageText: 'oral\nrectal' })
})

test.each([
  [{ value: 8, unit: 'h' }, 'ml/8 h'],
  [{ value: 1, unit: 'h' }, 'ml/h'],
  [{ value: 1, code: 'min' }, 'ml/min'],
])('a rate includes its time: %o', (denominator, unit) => {
  const { rate } = prescribed({
    doseAndRate: [{ rateRatio: { numerator: { value: 1000, unit: 'ml' }, denominator } }],
  })
  expect([rate?.value, rate?.unit?.text, rate?.ucum]).toEqual(['1000', unit, null])
})

const daily = (days: number) => ({
  timing: {
    repeat: {
      frequency: 1,
      period: 1,
      periodUnit: 'd',
      boundsDuration: { value: days, unit: 'd' },
    },
  },
})

test('steps are in order of sequence, each with its dose, route and time', () => {
  expect(
    medicineLine(
      prescribed(mg(20, { sequence: 2, ...daily(5) }), mg(30, { sequence: 1, ...daily(5) })),
    ),
  ).toBe(
    'Prednisolone, DOSE 30 mg, once a day, for 5 days, then DOSE 20 mg, once a day, for 5 days',
  )
  expect(
    medicineLine(
      prescribed(
        mg(20, { sequence: 1, ...at('night') }),
        mg(10, { sequence: 1, ...at('morning') }),
        mg(5, { sequence: 2, text: 'then stop' }),
      ),
    ),
  ).toBe('Prednisolone, DOSE 20 mg, night and DOSE 10 mg, morning, then DOSE 5 mg, then stop')
})

const dosed = (doseAndRate: object[]) => medicineLine(prescribed({ doseAndRate }))
test.each([
  [
    { doseRange: { low: { value: 1, unit: 'g' }, high: { value: 2, unit: 'g' } } },
    'DOSE 1 g to 2 g',
  ],
  [{ doseRange: { high: { value: 2, unit: 'g' } } }, 'DOSE up to 2 g'],
  [{ doseRange: { low: { value: 1, unit: 'g' } } }, 'DOSE >= 1 g'],
  [
    { rateRange: { low: { value: 5, unit: 'ml/h' }, high: { value: 9, unit: 'ml/h' } } },
    '"rate 5 ml/h to 9 ml/h"',
  ],
])('an amount with one or two ends: %j', (amount, words) => {
  expect(dosed([amount])).toBe(`Prednisolone, ${words}`)
})

test('a second dose of one instruction is in words', () => {
  expect(
    dosed([
      { doseQuantity: { value: 10, unit: 'mg' } },
      { type: { text: 'calculated' }, doseQuantity: { value: 1, unit: 'mg/kg' } },
    ]),
  ).toBe('Prednisolone, DOSE 10 mg, "calculated 1 mg/kg"')
})
