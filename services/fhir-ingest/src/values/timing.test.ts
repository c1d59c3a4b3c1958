import { medicineLine } from '@tideway/record/summary/medicines/medicine-line'
import { expect, test } from 'vitest'
import { read, system } from '../sender.fixture.ts'

const mg = (value: number, more: object = {}) => ({
  doseAndRate: [{ doseQuantity: { value, unit: 'mg' } }],
  ...more,
})
const prescribed = (dosageInstruction: object) => {
  const { events } = read({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    subject: { identifier: { system: system('X99'), value: 'A1' } },
    medicationCodeableConcept: { text: 'Prednisolone' },
    dosageInstruction: [dosageInstruction],
  })
  const [event] = events
  if (event?.body.type !== 'MedicationPrescribed') throw new Error('no prescription')
  return event.body
}

const every = (period: number, periodUnit: string, more: object = {}) => ({
  timing: { repeat: { frequency: 1, period, periodUnit, ...more } },
})

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
