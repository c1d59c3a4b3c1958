import { expect, test } from 'vitest'
import {
  about,
  adt,
  oru,
  recordAfter,
  recordAfterFhir,
  recordInAnyOrder,
} from './whole-record.fixture.ts'
import { hl7 } from '../said-later.fixture.ts'

const iam = (action: string, number: string, code: string, severity = 'SV', did = 'Anaphylaxis') =>
  `IAM|1|DA|${code}|${severity}|${did}|${action}|${number}`
const a60 = (hour: string, ...segments: string[]) =>
  adt('A60', `202609011${hour}0000`, `A-${hour}`, ...segments)
const penicillin = 'PEN^Penicillin'
const aspirin = 'ASP^Aspirin'
const allergiesOf = (...messages: string[]) =>
  recordInAnyOrder(...messages)
    .summary.allergies.lines.map(({ text }) => text)
    .toSorted()
const [ofAspirin, ofPenicillin] = ['Aspirin', 'Penicillin'].map(
  (name) => `${name}, severe, reaction Anaphylaxis`,
)

test('two allergens added under one number are two allergies, in one message or two', () => {
  const both = [ofAspirin, ofPenicillin]
  const [one, other] = [iam('A', '1', penicillin), iam('A', '1', aspirin)]
  expect(allergiesOf(a60('0', one, other))).toEqual(both)
  expect(allergiesOf(a60('0', one), a60('1', other))).toEqual(both)
})

test('of two allergens under one number the one that is named is deleted', () => {
  const added = a60('0', iam('A', '1', penicillin), iam('A', '1', aspirin))
  expect(allergiesOf(added, a60('1', iam('D', '1', aspirin)))).toEqual([ofPenicillin])
  expect(allergiesOf(added, a60('1', iam('D', '1', penicillin)))).toEqual([ofAspirin])
})

test('an update may correct the allergen of a number, and its spelling is no other allergen', () => {
  const added = a60('0', iam('A', '1', penicillin))
  expect(allergiesOf(added, a60('1', iam('U', '1', aspirin)))).toEqual([ofAspirin])
  expect(allergiesOf(added, a60('1', iam('A', '1', 'pen ^Penicillin')))).toEqual([ofPenicillin])
})

test('two problems added under one number are two problems', () => {
  const problem = (code: string) => `PRB|AD|20260901|${code}^I10|PB1`
  const record = recordAfter(
    hl7(
      'PPR^PC1',
      '20260901100000',
      'P-1',
      'PID|1||1^^^X99^MR||Testcase^Ada||19700101|F',
      problem('C50^Breast cancer'),
      problem('I21^Myocardial infarction'),
    ),
  )
  expect(record.summary.problems.lines.map(({ text }) => text).toSorted()).toEqual([
    'Breast cancer',
    'Myocardial infarction',
  ])
})

test('an allergy sent without its number hides in none that says less of it', () => {
  const mild = a60('0', iam('A', '1', penicillin, 'MI', 'Rash'))
  expect(allergiesOf(mild, a60('1', iam('U', '', penicillin)))).toEqual([
    'Penicillin, mild, reaction Rash',
    ofPenicillin,
  ])
  expect(allergiesOf(mild, a60('1', iam('U', '', penicillin, '', '')))).toEqual([
    'Penicillin, mild, reaction Rash',
  ])
})

test('a flag stands without a value: the result may be in a note', () => {
  const { reports, summary } = recordAfter(
    oru(
      '20260901100000',
      'K-1',
      'OBR|1|P1|F1|K^Potassium|||20260901090000|||||||||||||||||CH|F',
      'OBX|1|NM|K^Potassium|||mmol/L|3.5-5.3|HH|||F',
      'NTE|1||Potassium 7.9, phoned',
    ),
  )
  expect(reports[0]?.observations).toMatchObject([
    {
      status: 'final',
      absentReason: 'unknown',
      flags: ['HH'],
      range: '3.5-5.3',
      abnormal: { flag: 'HH' },
      notes: ['Potassium 7.9, phoned'],
    },
  ])
  expect(summary.reports.lines).toMatchObject([{ abnormal: [{ name: 'Potassium', flag: 'HH' }] }])
})

test.each(['X', 'D', 'I'])('a flag beside the status %s is of no result', (status) => {
  const { summary } = recordAfter(
    oru(
      '20260901100000',
      'K-1',
      'OBR|1|P1|F1|K^Potassium|||20260901090000|||||||||||||||||CH|F',
      `OBX|1|NM|K^Potassium|||mmol/L|3.5-5.3|HH|||${status}`,
    ),
  )
  expect(JSON.stringify(summary)).not.toContain('HH')
})

const order = (...segments: string[]) =>
  hl7(
    'RDE^O11',
    '20260901100000',
    'M-1',
    'PID|1||1^^^X99^MR||Testcase^Ada||19700101|F',
    'ORC|NW|P7|F7||||||20260901090000',
    ...segments,
  )
const medicineLines = ({ summary }: ReturnType<typeof recordAfter>) =>
  summary.medicines.lines.map(({ text }) => text)

test('a mixture without a name of its own is known by its parts', () => {
  const record = recordAfter(
    order(
      'RXE||^|1000||mL',
      'RXR|IV',
      'RXC|B|NS^Sodium chloride 0.9%|1000|mL',
      'RXC|A|KCL^Potassium chloride|40|mmol',
    ),
  )
  const line = '(Sodium chloride 0.9% 1,000 mL + Potassium chloride 40 mmol), DOSE 1,000 mL, IV'
  expect(medicineLines(record)).toEqual([line])
  expect(record.medicines).toMatchObject([{ prescribed: { line } }])
})

const request = (more: object) => ({
  resourceType: 'MedicationRequest',
  id: 'm1',
  status: 'active',
  intent: 'order',
  subject: about('1'),
  ...more,
})

test('FHIR: a Medication without a code is known by its ingredients, with their strength per volume', () => {
  const strength = {
    numerator: { value: 40, unit: 'mmol' },
    denominator: { value: 1, unit: 'L' },
  }
  const record = recordAfterFhir([
    'put',
    request({
      medicationReference: { reference: '#m' },
      contained: [
        {
          resourceType: 'Medication',
          id: 'm',
          ingredient: [{ itemCodeableConcept: { text: 'Potassium chloride' }, strength }],
        },
      ],
    }),
  ])
  expect(medicineLines(record)).toEqual(['(Potassium chloride 40 mmol/L)'])
  expect(record.summary.notShown.count).toBe(0)
})

test('FHIR: a dose of a medicine that is not named is in the summary', () => {
  const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'
  const record = recordAfterFhir([
    'put',
    request({
      medicationCodeableConcept: { extension: [{ url, valueCode: 'unknown' }] },
      dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg' } }] }],
    }),
  ])
  expect(medicineLines(record)).toEqual(['medicine not named, DOSE 5 mg'])
})

test.each(['proposal', 'option'])(
  'FHIR: what is only a %s is not said to be prescribed',
  (intent) => {
    const record = recordAfterFhir([
      'put',
      request({ intent, medicationCodeableConcept: { text: 'Warfarin' } }),
    ])
    expect(record.medicines.map(({ line }) => line)).toEqual([
      'Warfarin; PROPOSED, not prescribed, active',
    ])
  },
)

test('how often may stand in words to the pharmacy beside other instructions', () => {
  const record = recordAfter(
    hl7(
      'OMP^O09',
      '20260901100000',
      'M-1',
      'PID|1||1^^^X99^MR||Testcase^Ada||19700101|F',
      'ORC|NW|P7|F7||||||20260901090000',
      'RXO|MTX^Methotrexate|10||mg||^Once weekly on Monday|^With food',
      'RXR|PO',
    ),
  )
  expect(medicineLines(record)).toEqual([
    'Methotrexate, DOSE 10 mg, PO, "With food", "Once weekly on Monday"',
  ])
})

test('two products dispensed or given under one order are both named', () => {
  const from = (type: string, ...segments: string[]) =>
    hl7(
      type,
      '20260901140000',
      type,
      'PID|1||1^^^X99^MR||Testcase^Ada||19700101|F',
      'ORC|RE|P7|F7',
      ...segments,
    )
  const record = recordAfter(
    from(
      'RDS^O13',
      'RXD|1|MTX^Methotrexate|20260901|28|TAB',
      'RXD|2|FOL^Folic acid|20260901|14|TAB',
    ),
    from(
      'RAS^O17',
      'RXA|0|1|20260901090000||MTX^Methotrexate|10|mg|||||||||||||CP|A',
      'RXA|0|1|20260901090000||HEP^Heparin|5000|iU|||||||||||||CP|A',
    ),
  )
  expect(medicineLines(record).toSorted()).toEqual([
    'Folic acid, QUANTITY 14 TAB, dispensed 01-Sep-2026',
    'Methotrexate, QUANTITY 28 TAB, dispensed 01-Sep-2026',
  ])
  const { line = '' } = record.medicines[0] ?? {}
  expect(line).toContain('(2 in all, also of Folic acid)')
  expect(line).toContain('(2 in all, also of Heparin)')
})
