import { currentName } from '@tideway/record/demographics/current-name'
import { type MedicineFacts, medicineLine } from '@tideway/record/summary/medicines/medicine-line'
import { expect, test } from 'vitest'
import { read, system } from '../sender.fixture.ts'
import { dose, lineOf } from './prescription-line.fixture.ts'

const weekly = {
  timing: { repeat: { frequency: 1, period: 1, periodUnit: 'wk', dayOfWeek: ['mon'] } },
  ...dose(10, 'mg'),
}

test('weekly medicines, in fields and in words', () => {
  expect(lineOf('Methotrexate 2.5mg tablets', weekly)).toBe(
    'Methotrexate 2.5mg tablets, DOSE 10 mg, once every week on Monday',
  )
  expect(
    lineOf('Alendronic acid 70mg tablets', {
      text: 'One tablet ONCE A WEEK on an empty stomach',
      ...dose(1, 'tablet'),
    }),
  ).toBe(
    'Alendronic acid 70mg tablets, DOSE 1 tablet, "One tablet ONCE A WEEK on an empty stomach"',
  )
})

test('a taper by sequence, not by position', () => {
  const timing = {
    repeat: { frequency: 1, period: 1, periodUnit: 'd', boundsDuration: { value: 5, unit: 'd' } },
  }
  expect(
    lineOf(
      'Prednisolone',
      { sequence: 2, timing, ...dose(20, 'mg') },
      { sequence: 1, timing, ...dose(30, 'mg') },
    ),
  ).toBe(
    'Prednisolone, DOSE 30 mg, once a day, for 5 days, then DOSE 20 mg, once a day, for 5 days',
  )
})

test('a former name sent first keeps its period and does not head the record', () => {
  const { events } = read({
    resourceType: 'Patient',
    identifier: [{ system: system('X99'), value: 'B36' }],
    name: [
      { use: 'old', family: 'Formerly', given: ['Iris'], period: { end: '2001-01-01' } },
      { use: 'official', family: 'Probe', given: ['Iris'] },
    ],
    birthDate: '1961-05-04',
    gender: 'female',
  })
  const body = events[0]?.body
  if (body?.type !== 'PatientDetailsReported') throw new Error('no demographics')
  expect(currentName(body.names)?.family).toBe('Probe')
  expect(body.names[0]).toMatchObject({ family: 'Formerly', detail: { validUntil: '2001-01-01' } })
})

test('the same line from a statement and from a dispense', () => {
  const dosage = [weekly]
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
    const { body } = read(resource).events[0] as { body: MedicineFacts }
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
  expect(medicineLine(events[0]?.body as unknown as MedicineFacts)).toBe(
    'Codeine, "1 tablet to 2 tablet, rate 5 ml/h"',
  )
})
