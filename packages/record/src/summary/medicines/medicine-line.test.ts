import { expect, test } from 'vitest'
import { type Coded, type Quantity, type Timing, unsaid } from '@tideway/schemas/events.generated'
import { writtenNumber } from '../amount-words.ts'
import { type MedicineFacts, medicineLine } from './medicine-line.ts'

const word = (text: string): Coded => ({ ...unsaid.Coded(), text })
const amount = (value: string, unit: string): Quantity => ({
  ...unsaid.Quantity(),
  value,
  unit: word(unit),
})
const nothing: MedicineFacts = {
  medication: null,
  form: null,
  strength: null,
  dose: null,
  route: null,
  dosageText: null,
}
const amoxicillin: MedicineFacts = {
  ...nothing,
  medication: word('amoxicillin'),
  strength: amount('500', 'mg'),
  form: word('capsule'),
  dose: amount('500', 'mg'),
  route: word('oral'),
  timings: [{ ...unsaid.Timing(), text: 'three times a day' }],
}

test('name, strength, form, dose, route and frequency are one line', () => {
  expect(medicineLine(amoxicillin)).toBe(
    'amoxicillin 500 mg capsule, DOSE 500 mg, oral, three times a day',
  )
})

test('missing parts are left out, and nothing at all is no line', () => {
  expect(medicineLine({ ...nothing, medication: word('heparin') })).toBe('heparin')
  expect(medicineLine(nothing)).toBeNull()
})

test('a dosage sent as text is quoted, also beside fields', () => {
  expect(medicineLine({ ...nothing, medication: word('heparin'), dosageText: '1 TDS' })).toBe(
    'heparin, "1 TDS"',
  )
  expect(medicineLine({ ...amoxicillin, dosageText: '1 TDS' })).toBe(
    'amoxicillin 500 mg capsule, DOSE 500 mg, oral, three times a day, "1 TDS"',
  )
  expect(medicineLine({ ...nothing, dosageText: '1 TDS' })).toBe('"1 TDS"')
})

test('a dose range, a rate and an as-needed timing', () => {
  const morphine = {
    ...nothing,
    medication: word('morphine'),
    dose: amount('2.50', 'mg'),
    doseMax: amount('5', 'mg'),
    rate: amount('1000', 'ml per hour'),
    timings: [
      { ...unsaid.Timing(), patterns: [word('Q4H')], asNeeded: true, asNeededFor: word('pain') },
    ],
  }
  expect(medicineLine(morphine)).toBe(
    'morphine, DOSE 2.5 mg to 5 mg, RATE 1,000 ml per hour, Q4H, as needed for pain',
  )
})

test.each([
  ['500.0', '500'],
  ['.5', '0.5'],
  ['0.50', '0.5'],
  ['1000', '1,000'],
  ['1234567.80', '1,234,567.8'],
  ['010', '10'],
  ['1-2', '1-2'],
  ['100', '100'],
])('%s is written %s', (sent, written) => {
  expect(writtenNumber(sent)).toBe(written)
})

const how = (...timings: Partial<Timing>[]) =>
  medicineLine({
    ...nothing,
    medication: word('M'),
    timings: timings.map((timing) => ({ ...unsaid.Timing(), ...timing })),
  })
const pattern = (code: string): Coded => ({ ...unsaid.Coded(), code })

test.each([
  [{ patterns: [pattern('Q6H')] }, 'M, every 6 hours'],
  [{ patterns: [pattern('BD')] }, 'M, BD'],
  [{ patterns: [{ ...pattern('BID'), text: 'two a day' }] }, 'M, two a day'],
  [{ patterns: [pattern('BID')], times: ['0800', '200000'] }, 'M, twice a day at 08:00 and 20:00'],
  [
    { patterns: [pattern('Q6H'), pattern('PRN')], asNeeded: true, condition: 'Pain' },
    'M, every 6 hours, as needed, "Pain"',
  ],
  [{ patterns: [pattern('Q6H')], text: 'With food' }, 'M, every 6 hours, "With food"'],
  [
    { patterns: [pattern('TID')], duration: amount('5', 'days'), occurrences: '15' },
    'M, three times a day, for 5 days, 15 in all',
  ],
])('how often: %j', (timing, line) => {
  expect(how(timing)).toBe(line)
})

test('timings are in sequence unless one runs in parallel with the next', () => {
  expect(how({ patterns: [pattern('QAM')] }, { patterns: [pattern('QHS')] })).toBe(
    'M, every morning, then every day at bedtime',
  )
  expect(
    how({ patterns: [pattern('QAM')], conjunction: 'A' }, { patterns: [pattern('QHS')] }),
  ).toBe('M, every morning and every day at bedtime')
})

test('a mixture lists its components, an infusion its duration', () => {
  const part = (name: string, quantity: Quantity) => ({
    ...unsaid.MedicationComponent(),
    code: word(name),
    amount: quantity,
  })
  const infusion = {
    ...nothing,
    medication: word('Morphine infusion'),
    dose: amount('50', 'ml'),
    givenPer: 'H24',
    components: [
      part('sodium chloride 0.9%', amount('48', 'ml')),
      part('morphine', amount('20', 'mg')),
    ],
  }
  expect(medicineLine(infusion)).toBe(
    'Morphine infusion (sodium chloride 0.9% 48 ml + morphine 20 mg), DOSE 50 ml, over 24 hours',
  )
  expect([
    medicineLine({ ...infusion, components: [], givenPer: 'H1' }),
    medicineLine({ ...infusion, components: [], givenPer: 'min' }),
  ]).toEqual([
    'Morphine infusion, DOSE 50 ml, over 1 hour',
    'Morphine infusion, DOSE 50 ml, per min',
  ])
})

test.each([
  [
    'Paracetamol 250mg/5ml oral suspension',
    '250',
    'Paracetamol 250mg/5ml oral suspension, QUANTITY 1 box',
  ],
  [
    'Paracetamol 250mg/5ml oral suspension',
    '50',
    'Paracetamol 250mg/5ml oral suspension 50 mg, QUANTITY 1 box',
  ],
  ['Paracetamol', '250', 'Paracetamol 250 mg Oral suspension, QUANTITY 1 box'],
])('%s of %s mg shows strength and form once', (name, strength, line) => {
  expect(
    medicineLine({
      ...nothing,
      medication: word(name),
      strength: amount(strength, 'mg'),
      form: word('Oral suspension'),
      quantity: amount('1', 'box'),
    }),
  ).toBe(line)
})

test('instructions are quoted, unless text or timing say them already', () => {
  const line = (facts: Partial<MedicineFacts>) => medicineLine({ ...amoxicillin, ...facts })
  expect(line({ instructions: ['with food'] })).toMatch(/three times a day, "with food"$/)
  expect(line({ instructions: ['Three times  a day'] })).toBe(medicineLine(amoxicillin))
  expect(line({ dosageText: 'one daily; with food', instructions: ['with food'] })).toMatch(
    /, "one daily; with food"$/,
  )
})

test('notes and words to the pharmacy are quoted only where no field says how often, and not for a dose given', () => {
  const notes = ['once weekly']
  const silent = { ...amoxicillin, timings: [], instructions: [], notes }
  expect(medicineLine(silent)).toMatch(/, oral, "once weekly"$/)
  expect(medicineLine({ ...silent, timings: amoxicillin.timings ?? [] })).not.toContain('weekly')
  expect(medicineLine({ ...silent, instructions: ['with food'] })).toMatch(
    /, "with food", "once weekly"$/,
  )
  expect(medicineLine({ ...silent, dosageText: 'as directed' })).toMatch(
    /, oral, "as directed", "once weekly"$/,
  )
  expect(medicineLine({ ...silent, notes: [], pharmacyInstructions: ['on Monday only'] })).toMatch(
    /, oral, "on Monday only"$/,
  )
  expect(medicineLine({ ...amoxicillin, timings: [], notes })).not.toContain('weekly')
})
