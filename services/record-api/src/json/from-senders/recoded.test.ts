import { expect, test } from 'vitest'
import { oru, recordInAnyOrder, resultsOf } from './whole-record.fixture.ts'

const obr = (status: string) =>
  `OBR|1|P1|F1|UE^Electrolytes|||20260901090000|||||||||||||||||CH|${status}`
const obx = (code: string, value: string, status: string, subId = '', observed = '') =>
  `OBX|1|NM|${code}|${subId}|${value}|mmol/L|3.5-5.3||||${status}|||${observed}`
const at = (hour: string, status: string, ...results: string[]) =>
  oru(`202609011${hour}0000`, `R-${hour}`, obr(status), ...results)

const old = 'K^Potassium^L'
const recoded = '2823-3^Potassium^LN^K^Potassium^L'

test('a correction under another code that names the old one is the value, the old one is earlier', () => {
  const record = recordInAnyOrder(
    at('0', 'F', obx(old, '3.9', 'F')),
    at('1', 'C', obx(recoded, '6.8', 'C')),
  )
  expect(resultsOf(record)).toEqual([
    { code: '2823-3', value: '6.8', flags: [], status: 'corrected', earlier: ['3.9'] },
  ])
  expect(JSON.stringify(record.summary)).not.toContain('3.9')
})

test.each([
  ['D', 'entered-in-error'],
  ['X', 'cancelled'],
])('what is taken back (%s) under its new code is not current under the old', (status, shown) => {
  const record = recordInAnyOrder(
    at('0', 'F', obx(old, '3.9', 'F')),
    at('1', 'C', obx(recoded, '', status)),
  )
  expect(resultsOf(record)).toMatchObject([{ code: '2823-3', value: null, status: shown }])
  expect(JSON.stringify(record.summary)).not.toContain('3.9')
})

test('a code that was the alternate of the one before is the same, also later with neither', () => {
  const record = recordInAnyOrder(
    at('0', 'P', obx('K^Potassium^L^2823-3^Potassium^LN', '3.9', 'P')),
    at('1', 'F', obx('2823-3^Potassium^LN', '4.0', 'F')),
    at('2', 'C', obx('K^Potassium^L', '4.1', 'C')),
  )
  expect(resultsOf(record)).toMatchObject([
    { code: 'K', value: '4.1', status: 'corrected', earlier: ['4.0', '3.9'] },
  ])
})

test.each<[string, string[], string[]]>([
  ['another sub-identifier', [obx(old, '3.9', 'F', '1')], [obx(recoded, '6.8', 'C', '2')]],
  ['a code of another system', [obx('K^x^99A', '3.9', 'F')], [obx(recoded, '6.8', 'C')]],
  [
    'another time of observation',
    [obx(old, '3.9', 'F', '', '20260901090000')],
    [obx(recoded, '6.8', 'C', '', '20260901100000')],
  ],
  [
    'two that fit',
    [obx(old, '3.9', 'F', '', '20260901080000'), obx(old, '3.7', 'F', '', '20260901090000')],
    [obx(recoded, '6.8', 'C')],
  ],
])('with %s it stands beside the old one', (_, before, after) => {
  const record = recordInAnyOrder(at('0', 'F', ...before), at('1', 'C', ...after))
  expect(resultsOf(record).map(({ value }) => value)).toEqual([
    ...before.map((one) => one.split('|')[5]).toSorted(),
    '6.8',
  ])
})

test('of a series the value of its time is corrected', () => {
  const record = recordInAnyOrder(
    at(
      '0',
      'F',
      obx(old, '3.9', 'F', '', '20260901080000'),
      obx(old, '3.7', 'F', '', '20260901090000'),
    ),
    at('1', 'C', obx(recoded, '6.8', 'C', '', '20260901090000')),
  )
  expect(resultsOf(record)).toMatchObject([
    { code: 'K', value: '3.9' },
    { code: '2823-3', value: '6.8', earlier: ['3.7'] },
  ])
})

test('both codes in one message are two results, and stay two', () => {
  const both = (hour: string, status: string, ...values: [string, string]) =>
    at(hour, status, obx(old, values[0], status), obx(recoded, values[1], status))
  const record = recordInAnyOrder(both('0', 'F', '3.9', '4.0'), both('1', 'C', '5.9', '6.0'))
  expect(resultsOf(record)).toMatchObject([
    { code: 'K', value: '5.9', earlier: ['3.9'] },
    { code: '2823-3', value: '6.0', earlier: ['4.0'] },
  ])
})
