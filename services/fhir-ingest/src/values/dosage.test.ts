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

const every = (period: number, periodUnit: string, more: object = {}) => ({
  timing: { repeat: { frequency: 1, period, periodUnit, ...more } },
})
const forDays = (value: number) => ({ boundsDuration: { value, unit: 'd' } })

test.each([
  ['weekly, on a day', mg(10, every(1, 'wk', { dayOfWeek: ['mon'] })), 'once every week on Monday'],
  [
    'on two days',
    mg(10, { timing: { repeat: { dayOfWeek: ['mon', 'fri'] } } }),
    'on Monday and Friday',
  ],
  ['alternate days', mg(10, every(2, 'd')), 'once every 2 days'],
  ['hourly', mg(10, every(1, 'h')), 'every hour'],
  ['every 6 hours', mg(10, every(6, 'h')), 'every 6 hours'],
  [
    'three times a day',
    mg(10, { timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } } }),
    'three times a day',
  ],
  [
    'no frequency is one',
    mg(10, { timing: { repeat: { period: 1, periodUnit: 'mo' } } }),
    'once every month',
  ],
  [
    'a range of times',
    mg(10, {
      timing: {
        repeat: { frequency: 1, frequencyMax: 2, period: 4, periodMax: 6, periodUnit: 'h' },
      },
    }),
    '1 to 2 times every 4 to 6 h',
  ],
  [
    'before meals',
    mg(10, { timing: { repeat: { when: ['AC'], offset: 30 } } }),
    '30 minutes before meals',
  ],
  ['a code in words', mg(10, { timing: { code: { text: 'ONCE A WEEK' } } }), 'ONCE A WEEK'],
  [
    'a code of the standard',
    mg(10, {
      timing: {
        code: {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation', code: 'WK' },
          ],
        },
      },
    }),
    'weekly',
  ],
  [
    'words beside numbers',
    mg(10, { text: 'ONCE A WEEK', ...every(1, 'wk') }),
    'once every week, "ONCE A WEEK"',
  ],
  ['words alone', mg(10, { text: 'ONCE A WEEK' }), '"ONCE A WEEK"'],
  [
    'as needed, with a limit',
    mg(10, {
      ...every(4, 'h'),
      asNeededCodeableConcept: { text: 'pain' },
      maxDosePerPeriod: {
        numerator: { value: 40, unit: 'mg' },
        denominator: { value: 24, unit: 'h' },
      },
    }),
    'every 4 hours, as needed for pain, maximum 40 mg in 24 hours',
  ],
  [
    'a limit for one dose',
    mg(10, { maxDosePerAdministration: { value: 20, unit: 'mg' } }),
    'maximum 20 mg per dose',
  ],
  [
    'an infusion',
    mg(10, every(1, 'd', { duration: 30, durationUnit: 'min', count: 5 })),
    'once a day, over 30 minutes, 5 in all',
  ],
  [
    'a time of weeks',
    mg(
      10,
      every(1, 'd', {
        boundsRange: { low: { value: 5, unit: 'd' }, high: { value: 7, unit: 'd' } },
      }),
    ),
    'once a day, "for 5 d to 7 d"',
  ],
  [
    'an end',
    mg(10, every(1, 'd', { boundsPeriod: { start: '2026-09-01', end: '2026-09-05' } })),
    'once a day, until 2026-09-05',
  ],
])('how often, in the line: %s', (_, instruction, words) => {
  expect(medicineLine(prescribed(instruction))).toBe(`Prednisolone, DOSE 10 mg, ${words}`)
})

test('steps are in order of sequence, each with its dose, route and time', () => {
  expect(
    medicineLine(
      prescribed(
        mg(20, { sequence: 2, ...every(1, 'd', forDays(5)) }),
        mg(30, { sequence: 1, ...every(1, 'd', forDays(5)) }),
      ),
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

test('the same line from a statement and from a dispense', () => {
  const dosage = [mg(10, every(1, 'wk', { dayOfWeek: ['mon'] }))]
  const subject = { identifier: { system: system('X99'), value: 'A1' } }
  const medicine = { subject, medicationCodeableConcept: { text: 'Methotrexate' } }
  for (const resource of [
    { resourceType: 'MedicationStatement', status: 'active', ...medicine, dosage },
    {
      resourceType: 'MedicationDispense',
      status: 'completed',
      ...medicine,
      dosageInstruction: dosage,
    },
  ]) {
    const { body } = read(resource).events[0] as { body: Parameters<typeof medicineLine>[0] }
    expect(medicineLine(body)).toBe('Methotrexate, DOSE 10 mg, once every week on Monday')
  }
})

test('a dispense has no field for a range of doses or a rate: both are in words', () => {
  const { events } = read({
    resourceType: 'MedicationDispense',
    status: 'completed',
    subject: { identifier: { system: system('X99'), value: 'A1' } },
    medicationCodeableConcept: { text: 'Codeine' },
    dosageInstruction: [
      {
        doseAndRate: [
          {
            doseRange: { low: { value: 1, unit: 'tablet' }, high: { value: 2, unit: 'tablet' } },
            rateQuantity: { value: 5, unit: 'ml/h' },
          },
        ],
      },
    ],
  })
  expect(medicineLine(events[0]?.body as unknown as Parameters<typeof medicineLine>[0])).toBe(
    'Codeine, "1 tablet to 2 tablet, rate 5 ml/h"',
  )
})
