import { system } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import type { ReportAnswer } from './report.ts'
import { hl7, recordAfter } from './said-later.fixture.ts'

const pid = 'PID|1||1002003^^^X99^MR||TESTCASE^ADA||19700101|F'
const message = (sent: string, obx: string, ...notes: string[]) =>
  hl7(
    'ORU^R01',
    sent,
    `L${sent}`,
    pid,
    `OBR|1|P1|F1|K^Potassium|||20260901090000|||||||||||||||${sent}||CH|F`,
    obx,
    ...notes.map((note, nth) => `NTE|${nth + 1}||${note}`),
  )
const obx = (type: string, value: string, status: string, flags = '') =>
  `OBX|1|${type}|K^Potassium||${value}|mmol/L|3.5-5.3|${flags}|||${status}|||20260901090000`
const first = message('20260901160000', obx('NM', '7.9', 'F', 'HH'))
const later = (line: string, ...notes: string[]) => message('20260901170000', line, ...notes)

const observationAfter = (...messages: (string | object)[]) => {
  const observations = recordAfter(...messages).flatMap((entry) =>
    entry.kind === 'report' ? (entry as ReportAnswer).observations : [],
  )
  expect(observations).toHaveLength(1)
  return observations[0]
}

/** In every order and twice the same, see also `recordAfter`. */
const inEveryOrder = (one: string | object, other: string | object) => {
  const found = observationAfter(one, other)
  expect(observationAfter(other, one)).toMatchObject({
    status: found?.status,
    value: found?.value,
    earlier: found?.earlier.map(({ value, withdrawn = null }) => ({ value, withdrawn })) ?? [],
  })
  expect(observationAfter(one, other, one, other)).toEqual(found)
  return found
}

test.each([
  ['C', 'WRONG PATIENT', 'wrong-patient'],
  ['F', 'Wrong patient.', 'wrong-patient'],
  ['A', 'SPECIMEN MISLABELLED', 'mislabelled'],
  ['B', 'SPECIMEN MISLABELLED', 'mislabelled'],
  ['C', 'ENTERED IN ERROR', 'entered-in-error'],
  ['F', 'RESULT WITHDRAWN', 'entered-in-error'],
] as const)(
  '%s with the value %s shows it, and marks the earlier one',
  (status, text, withdrawn) => {
    const found = inEveryOrder(first, later(obx('ST', text, status)))
    expect(found).toMatchObject({ value: text, earlier: [{ value: '7.9', withdrawn }] })
    expect(found?.earlier[0]?.abnormal ?? null).toBeNull()
  },
)

test.each([
  ['C', ''],
  ['A', ''],
  ['V', ''],
  ['B', ''],
  ['U', ''],
  ['C', '7.9'],
  ['F', '7.9'],
])('%s with the value "%s" and the words in a note: no value stands', (status, value) => {
  const found = inEveryOrder(first, later(obx('NM', value, status, 'HH'), 'Wrong patient'))
  expect(found?.value ?? null).toBeNull()
  expect(found).toMatchObject({
    absentReason: 'withdrawn',
    flags: [],
    notes: ['Wrong patient'],
    earlier: [{ value: '7.9', withdrawn: 'wrong-patient' }],
  })
})

test('a new value with the words in a note stands, and the earlier one is marked', () => {
  const correction = later(obx('NM', '6.8', 'C', 'HH'), 'Previous result reported in error')
  expect(inEveryOrder(first, correction)).toMatchObject({
    value: '6.8',
    flags: ['HH'],
    earlier: [{ value: '7.9', withdrawn: 'entered-in-error' }],
  })
})

test('a cancellation that says so marks the earlier value', () => {
  const found = inEveryOrder(first, later(obx('ST', 'WRONG PATIENT', 'X')))
  expect(found).toMatchObject({
    status: 'cancelled',
    reason: 'WRONG PATIENT',
    earlier: [{ value: '7.9', withdrawn: 'wrong-patient' }],
  })
})

test('a value stated after the withdrawal stands; the one before it stays marked', () => {
  const withdrawal = later(obx('ST', 'WRONG PATIENT', 'C'))
  const again = message('20260901180000', obx('NM', '4.1', 'C'))
  const found = observationAfter(first, withdrawal, again)
  expect(found?.earlier.map(({ value, withdrawn = null }) => [value, withdrawn])).toEqual([
    ['WRONG PATIENT', null],
    ['7.9', 'wrong-patient'],
  ])
  expect(found?.value).toBe('4.1')
  expect(observationAfter(again, withdrawal, first)?.value).toBe('4.1')
})

test.each(['No evidence of wrong patient', 'Not withdrawn', 'Wrong patient?'])(
  '%s marks nothing, as value or as note',
  (text) => {
    const [as, noted] = [later(obx('ST', text, 'C')), later(obx('NM', '7.9', 'C'), text)]
    expect(inEveryOrder(first, as)?.earlier[0]?.withdrawn ?? null).toBeNull()
    expect(inEveryOrder(first, noted)).toMatchObject({ value: '7.9' })
  },
)

test('what is not final yet does not mark a final value', () => {
  const found = inEveryOrder(first, later(obx('ST', 'WRONG PATIENT', 'P')))
  expect(found).toMatchObject({ value: '7.9', status: 'final' })
})

const resource = (status: string, issued: string, said: object) => ({
  resourceType: 'Bundle',
  type: 'collection',
  timestamp: issued,
  entry: [
    {
      fullUrl: 'urn:uuid:o',
      resource: {
        resourceType: 'Observation',
        identifier: [{ system: system('X99', 'report'), value: 'O1' }],
        status,
        code: { text: 'Potassium' },
        subject: { type: 'Patient', identifier: { system: system('X99'), value: 'A1' } },
        issued,
        ...said,
      },
    },
  ],
})
const quantity = { valueQuantity: { value: 7.9, unit: 'mmol/L' } }

test.each([
  ['valueString', { valueString: 'Wrong patient' }, 'Wrong patient'],
  ['valueCodeableConcept', { valueCodeableConcept: { text: 'Wrong patient' } }, 'Wrong patient'],
  ['a note', { note: [{ text: 'Wrong patient' }] }, null],
  ['a note beside the value', { ...quantity, note: [{ text: 'Wrong patient' }] }, null],
  ['dataAbsentReason', { dataAbsentReason: { text: 'Wrong patient' } }, null],
])('FHIR: the words in %s', (_, said, value) => {
  const found = inEveryOrder(
    resource('final', '2026-09-01T16:00:00Z', quantity),
    resource('corrected', '2026-09-01T17:00:00Z', said),
  )
  expect(found?.coded?.text ?? found?.value ?? null).toBe(value)
  expect(found).toMatchObject({ earlier: [{ value: '7.9', withdrawn: 'wrong-patient' }] })
})
