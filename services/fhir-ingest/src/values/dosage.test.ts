import { medicineLine } from '@tideway/record/summary/medicine-line'
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
    'Prednisolone, "40 mg for 5 days\nthen 30 mg"',
  ],
  ['one without text', [mg(40), mg(30)], 'Prednisolone, "40 mg\n30 mg"'],
  [
    'another at night',
    [mg(10, at('morning')), mg(20, at('night'))],
    'Prednisolone, morning, then night, "10 mg\n20 mg"',
  ],
  [
    'the same dose twice',
    [mg(10, at('morning')), mg(10, at('night'))],
    'Prednisolone, DOSE 10 mg, morning, then night',
  ],
  [
    'different routes',
    [mg(10, { route: { text: 'oral' } }), mg(10, { route: { text: 'rectal' } })],
    'Prednisolone, DOSE 10 mg',
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
