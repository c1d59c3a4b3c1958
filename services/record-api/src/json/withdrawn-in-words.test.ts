import { expect, test } from 'vitest'
import { hl7 } from './said-later.fixture.ts'
import { inEveryOrder, observationAfter } from './only-observation.fixture.ts'

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
