import { post, system } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import {
  about,
  oru,
  recordAfterFhir,
  recordInAnyOrder,
  recordsAfter,
  recordsAfterFhir,
  resultsOf,
  wholeOf,
} from './whole-record.fixture.ts'

test('two results of one code, sent as text, are two values with their own flags', () => {
  const record = recordInAnyOrder(
    oru(
      '20260901100000',
      'A-1',
      'OBR|1|P1|F1|GLU^Glucose series|||20260901090000|||||||||||||||20260901095500||CH|F',
      'OBX|1|ST|GLU^Glucose||5.1|mmol/L|3.9-6.0|N|||F',
      'OBX|2|ST|GLU^Glucose||21.4|mmol/L|3.9-6.0|HH|||F',
    ),
  )
  expect(resultsOf(record)).toMatchObject([
    { value: '21.4', flags: ['HH'], earlier: [] },
    { value: '5.1', flags: ['N'], earlier: [] },
  ])
  const numbers = record.reports[0]?.observations.map(({ numeric }) => numeric?.value)
  expect(numbers?.toSorted()).toEqual([21.4, 5.1])
  expect(record.summary.reports.lines).toMatchObject([{ abnormal: [{ value: '21.4' }] }])
})

test('values of one order at two times, one message each, are two values', () => {
  const serial = (msh7: string, controlId: string, issued: string, value: string, at: string) =>
    oru(
      msh7,
      controlId,
      `OBR|1|P1|F1|OGTT^Glucose tolerance test|||20260901090000|||||||||||||||${issued}||CH|F`,
      `OBX|1|NM|GLU^Glucose||${value}|mmol/L|||||F|||${at}`,
    )
  const record = recordInAnyOrder(
    serial('20260901100000', 'B-1', '20260901095500', '5.1', '20260901090000'),
    serial('20260901120000', 'B-2', '20260901115500', '12.4', '20260901110000'),
  )
  const shown = record.reports.flatMap(({ observations }) =>
    observations.map(({ value, observedAt, status, earlier }) => [
      value,
      observedAt,
      status,
      earlier.length,
    ]),
  )
  expect(shown.toSorted()).toEqual([
    ['12.4', '2026-09-01T11:00:00+01:00', 'final', 0],
    ['5.1', '2026-09-01T09:00:00+01:00', 'final', 0],
  ])
})

test('a second specimen corrected alone leaves the first as it was', () => {
  const specimen = (nth: number, of: string, issued: string, status: string) =>
    `OBR|${nth}|P1|H1|HIST^Skin biopsy|||20260901090000||||||||${of}|||||||${issued}||SP|${status}`
  const record = recordInAnyOrder(
    oru(
      '20260905100000',
      'C-1',
      specimen(1, 'A^Left arm', '20260905095500', 'F'),
      'OBX|1|TX|DX^Diagnosis||Seborrhoeic keratosis, benign||||||F',
      specimen(2, 'B^Right calf', '20260905095500', 'F'),
      'OBX|1|TX|DX^Diagnosis||Dysplastic naevus||||||F',
    ),
    oru(
      '20260906100000',
      'C-2',
      specimen(1, 'B^Right calf', '20260906095500', 'C'),
      'OBX|1|TX|DX^Diagnosis||Malignant melanoma, Breslow 1.2 mm||||||C',
    ),
  )
  const shown = record.reports.map((report) => [
    report.specimen?.code,
    wholeOf(report as never).match(/Left arm|Right calf/)?.[0],
    report.status,
    ...resultsOf({ reports: [report] } as never).map(({ value, status, earlier }) => [
      value,
      status,
      ...earlier,
    ]),
  ])
  expect(shown.toSorted()).toEqual([
    ['A', 'Left arm', 'final', ['Seborrhoeic keratosis, benign', 'final']],
    [
      'B',
      'Right calf',
      'corrected',
      ['Malignant melanoma, Breslow 1.2 mm', 'corrected', 'Dysplastic naevus'],
    ],
  ])
})

test('results of two patients in one message are each in the record of their own', () => {
  const k = (nth: number, filler: string, value: string) => [
    `OBR|1|P1|${filler}|K^Potassium|||20260901090000|||||||||||||||20260901095500||CH|F`,
    `OBX|1|NM|K^Potassium||${value}|mmol/L|||||F`,
    ...(nth === 1 ? ['PID|2||2^^^X99^MR||Testcase^Ada||19700101|F'] : []),
  ]
  const records = recordsAfter(
    oru('20260901100000', 'D-1', ...k(1, 'F1', '4.0'), ...k(2, 'F2', '5.0')),
  )
  const shown = [...records].map(([of, record]) => [
    of,
    resultsOf(record).map(({ value }) => value),
  ])
  expect(shown.toSorted()).toEqual([
    ['1', ['4.0']],
    ['2', ['5.0']],
  ])
  expect(wholeOf(records.get('1') as never)).not.toContain('5.0')
  expect(wholeOf(records.get('2') as never)).not.toContain('4.0')
})

const haemoglobin = (patient: string) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Haemoglobin' }] },
  subject: about(patient),
  effectiveDateTime: '2026-09-01T09:00:00+01:00',
  id: 'obs-31',
  valueQuantity: { value: 61, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' },
})

test('FHIR: an Observation put to another patient is nowhere in the first record', () => {
  const records = recordsAfterFhir(['put', haemoglobin('BF31A')], ['put', haemoglobin('BF31B')])
  const [former, now] = ['BF31A', 'BF31B'].map((one) => records.get(one) as never) as [never, never]
  expect(resultsOf(former)).toMatchObject([
    { value: null, flags: [], status: 'wrong-patient', earlier: [] },
  ])
  expect(wholeOf(former)).not.toMatch(/"61"|:61\b|g\/L/)
  expect(former).toMatchObject({ withdrawn: [{ kind: 'report', status: 'wrong-patient' }] })
  expect(resultsOf(now)).toMatchObject([{ value: '61', status: 'final' }])
  expect(now).toMatchObject({ withdrawn: [] })
})

const iris = (more: object) => ({
  resourceType: 'Patient',
  identifier: [{ system: system('X99'), value: 'BF39' }],
  birthDate: '1961-05-04',
  gender: 'female',
  ...more,
})

test('FHIR: a former name does not head the record, wherever it stands', () => {
  const old = { use: 'old', family: 'Formerly', given: ['Iris'], period: { end: '2001-01-01' } }
  const names = [old, { use: 'official', family: 'Probe', given: ['Iris'] }]
  for (const name of [names, names.toReversed()]) {
    const record = recordAfterFhir(['post', iris({ name })])
    expect(record.patients[0]?.name).toMatchObject({ family: 'Probe', use: 'official' })
    expect(record.patient.names.map(({ family }) => family)).toEqual(['Probe', 'Formerly'])
    expect(record.patient.names[1]).toMatchObject({ use: 'old' })
  }
})

test('FHIR: the same patient twice in one transaction is one patient, who has the result', () => {
  const created = (fullUrl: string) => ({
    fullUrl,
    resource: iris({ name: [{ family: 'Probe', given: ['Iris'] }] }),
    request: {
      method: 'POST',
      url: 'Patient',
      ifNoneExist: `identifier=${system('X99')}|BF39`,
    },
  })
  const [one, two] = [
    'urn:uuid:11111111-1111-4111-8111-111111111111',
    'urn:uuid:22222222-2222-4222-8222-222222222222',
  ]
  for (const reference of [one, two]) {
    const record = recordAfterFhir([
      'post',
      {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          created(one),
          created(two),
          post({
            resourceType: 'Observation',
            status: 'final',
            code: {
              coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }],
            },
            subject: { reference },
            effectiveDateTime: '2026-09-01T09:00:00+01:00',
            id: 'o39',
            valueQuantity: { value: 80, unit: '/min' },
          } as never),
        ],
      },
    ])
    expect(resultsOf(record)).toMatchObject([{ code: '8867-4', value: '80', status: 'final' }])
  }
})
