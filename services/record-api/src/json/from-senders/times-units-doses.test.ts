import { expect, test } from 'vitest'
import {
  about,
  adt,
  oru,
  recordAfter,
  recordAfterFhir,
  recordAfterFhirInAnyOrder,
} from './whole-record.fixture.ts'

const potassium = (at: string) => [
  `OBR|1|P1|F1|K^Potassium|||${at}|||||||||||||||20260901095500||CH|F`,
  `OBX|1|NM|K^Potassium||4.0|mmol/L|||||F|||${at}`,
]

test('the offset of MSH-7 is that of the other times', () => {
  const record = recordAfter(
    oru(
      '20260715120000+0000',
      'A-1',
      'OBR|1|P1|F1|TROP^Troponin T|||20260715091500|||||||||||||||20260715110000||CH|F',
      'OBX|1|NM|TROP^Troponin T||14|ng/L|0-14||||F|||20260715091500',
    ),
  )
  expect(record.reports).toMatchObject([
    {
      collectedAt: '2026-07-15T09:15:00+00:00',
      issuedAt: '2026-07-15T11:00:00+00:00',
      observations: [{ value: '14', observedAt: '2026-07-15T09:15:00+00:00' }],
    },
  ])
  expect(record.summary.reports.lines).toMatchObject([{ at: '2026-07-15T09:15:00+00:00' }])
})

test('a fraction of a second without a point is a time to the second', () => {
  const at = '2026-08-31T14:31:34+01:00'
  const record = recordAfter(oru('20260901100000', 'B-1', ...potassium('20260831143134920350')))
  expect(record.reports).toMatchObject([{ collectedAt: at, observations: [{ observedAt: at }] }])
  expect(record.summary.reports.lines).toMatchObject([{ at }])
  expect(record.summary.notShown.count).toBe(0)
})

test('a birth date with zeros is a year, and everything else of the message is there', () => {
  const record = recordAfter(
    adt(
      'A01',
      '20260901100000',
      'C-1',
      'PV1|1|I|ED^1^1||||||||||||||||V1',
      'AL1|1|DA|PEN^Penicillin|SV|Anaphylaxis',
    ).replace('|19700101|', '|19450000|'),
  )
  expect(record.patient).toMatchObject({ birthDate: '1945', sex: 'female' })
  expect(record.whereNow?.location).toMatchObject({ pointOfCare: 'ED' })
  expect(record.summary.allergies.lines).toMatchObject([
    { text: 'Penicillin, severe, reaction Anaphylaxis', status: 'active' },
  ])
  expect(record.allergies).toMatchObject([{ status: 'active' }])
})

test('a power of ten written with a caret is a whole unit', () => {
  const record = recordAfter(
    oru(
      '20260901100000',
      'D-1',
      'OBR|1|P1|F1|FBC^Full blood count|||20260901090000|||||||||||||||20260901095500||HM|F',
      'OBX|1|NM|WBC^White cell count||5.2|10^9/L|4.0-11.0|N|||F',
      'OBX|2|NM|RBC^Red cell count||4.5|10^12/L|3.8-4.8|N|||F',
    ),
  )
  expect(record.reports[0]?.observations).toMatchObject([
    { value: '5.2', unit: { code: '10^9/L' }, ucum: '10*9/L' },
    { value: '4.5', unit: { code: '10^12/L' }, ucum: '10*12/L' },
  ])
  expect(JSON.stringify(record)).not.toMatch(/"(?:9|12)\/L"|"10"/)
})

test('FHIR: a range with one end says which end it is', () => {
  const record = recordAfterFhir([
    'post',
    {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '2823-3', display: 'Potassium' }] },
      subject: about('BF31B'),
      effectiveDateTime: '2026-09-01T09:00:00+01:00',
      id: 'obs-33',
      valueQuantity: { value: 120, unit: 'mmol/L' },
      referenceRange: [
        { high: { value: 5, unit: 'mmol/L' } },
        { low: { value: 0.5 }, high: { value: 9 }, type: { text: 'Critical' } },
      ],
    },
  ])
  expect(record.reports[0]?.observations).toMatchObject([
    { range: '<= 5; Critical: 0.5-9', abnormal: { flag: 'H', computed: true } },
  ])
  expect(record.summary.reports.lines).toMatchObject([{ abnormal: [{ value: '120', flag: 'H' }] }])
})

const prescription = (text: string, ...dosageInstruction: object[]) => ({
  resourceType: 'MedicationRequest',
  id: text.replaceAll(' ', '-'),
  status: 'active',
  intent: 'order',
  subject: about('BF43'),
  medicationCodeableConcept: { text },
  authoredOn: '2026-09-01',
  dosageInstruction,
})
const dose = (value: number, unit: string) => ({ doseAndRate: [{ doseQuantity: { value, unit } }] })

type Lined = ReturnType<typeof recordAfterFhir>
/** The line of a medicine in every list that has one. */
const linesOf = ({ summary, medicines, prescriptions }: Lined, medicine: string): string[] =>
  [
    ...summary.medicines.lines.map(({ text }) => text),
    ...medicines.flatMap(({ line, prescribed }) => [line, prescribed?.line]),
    ...prescriptions.map(({ line }) => line),
  ].filter((line): line is string => line?.startsWith(medicine) === true)

test('FHIR: every line of a weekly medicine says that it is weekly', () => {
  const methotrexate = prescription('Methotrexate 2.5mg tablets', {
    timing: { repeat: { frequency: 1, period: 1, periodUnit: 'wk', dayOfWeek: ['mon'] } },
    ...dose(10, 'mg'),
  })
  const alendronate = prescription('Alendronic acid 70mg tablets', {
    text: 'One tablet ONCE A WEEK on an empty stomach',
    ...dose(1, 'tablet'),
  })
  const record = recordAfterFhirInAnyOrder(['post', methotrexate], ['post', alendronate])
  for (const [medicine, how] of [
    ['Methotrexate', 'DOSE 10 mg, once every week on Monday'],
    ['Alendronic', 'DOSE 1 tablet, "One tablet ONCE A WEEK on an empty stomach"'],
  ] as const) {
    const lines = linesOf(record, medicine)
    expect(lines).toHaveLength(4)
    for (const line of lines) expect(line).toContain(how)
  }
})

const weekly = 'ONCE A WEEK on Monday'

test.each([
  ['additional instruction', { additionalInstruction: [{ text: weekly }] }, {}],
  ['instruction to the patient', { patientInstruction: weekly }, {}],
  ['note', {}, { note: [{ text: weekly }] }],
])('FHIR: a frequency that only an %s says is in every line', (_, instruction, more) => {
  const said = { ...prescription('Methotrexate', { ...dose(10, 'mg'), ...instruction }), ...more }
  const lines = linesOf(recordAfterFhir(['post', said]), 'Methotrexate')
  expect(lines).toHaveLength(4)
  for (const line of lines) expect(line).toContain(`DOSE 10 mg, "${weekly}"`)
})

test('a frequency that only a note below the order says is in its line', () => {
  const record = recordAfter(
    oru(
      '20260901100000',
      'E-1',
      'ORC|NW|P1',
      'RXE||M^Methotrexate|10||mg',
      `NTE|1||${weekly}`,
    ).replace('ORU^R01', 'RDE^O11'),
  )
  for (const line of linesOf(record, 'Methotrexate'))
    expect(line).toContain(`DOSE 10 mg, "${weekly}"`)
  expect(linesOf(record, 'Methotrexate')).toHaveLength(4)
})

test('FHIR: a taper is in the order of its sequence numbers', () => {
  const step = (sequence: number, value: number) => ({
    sequence,
    timing: {
      repeat: {
        frequency: 1,
        period: 1,
        periodUnit: 'd',
        boundsDuration: { value: 5, unit: 'd' },
      },
    },
    ...dose(value, 'mg'),
  })
  const record = recordAfterFhir(['post', prescription('Prednisolone', step(2, 20), step(1, 30))])
  const lines = linesOf(record, 'Prednisolone')
  expect(lines).toHaveLength(4)
  for (const line of lines)
    expect(line).toContain(
      'DOSE 30 mg, once a day, for 5 days, then DOSE 20 mg, once a day, for 5 days',
    )
})
