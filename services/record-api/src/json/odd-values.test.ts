import { expect, test } from 'vitest'
import { hl7 } from './said-later.fixture.ts'
import { entriesIn, pid, storedAfter, summaryIn } from './short-form.fixture.ts'

const storedWith = (...fields: string[]) =>
  storedAfter(
    hl7(
      'ORU^R01',
      '20260901100000',
      'O1',
      pid,
      `OBR|1|P1|F1|T^Test|||20260901090000${'|'.repeat(17)}CH|F`,
      `OBX|1|${fields.join('|')}|||F`,
    ),
  )
const resultOf = (...fields: string[]) => {
  const [report] = entriesIn(storedWith(...fields), 'report')
  return report !== undefined && 'observations' in report ? report.observations[0] : undefined
}
const abnormalIn = (...fields: string[]) =>
  summaryIn(storedWith(...fields)).reports.lines.map(({ abnormal }) => abnormal[0]?.flag ?? null)

test.each(['POS', 'DET', 'Positive', 'Detected', 'Reactive', 'RR', 'WR', 'IND'])(
  'a result with the flag %s is abnormal, in entry and summary',
  (flag) => {
    const fields = ['ST', 'HIV^HIV', '', 'see flag', '', '', flag]
    expect(resultOf(...fields)).toMatchObject({ flags: [flag], abnormal: { flag, computed: true } })
    expect(abnormalIn(...fields)).toEqual([flag])
  },
)

test.each(['POS', 'Detected'])('the value %s without a flag is not said to be normal', (value) => {
  const result = resultOf('ST', 'HIV^HIV', '', value, '', '', '')
  expect(result).toMatchObject({ value, flags: [] })
  expect(result).not.toHaveProperty('abnormal')
})

test('a flag with its text and system is shown as sent, and nothing of it is counted as not shown', () => {
  const fields = [
    'NM',
    'K^K',
    '',
    '5.9',
    'mmol/L',
    '',
    'H^Well above the usual^L~CMT^see comment^L',
  ]
  expect(resultOf(...fields)).toMatchObject({
    flags: ['H', 'CMT'],
    more: {
      codedFlags: [
        { code: 'H', text: 'Well above the usual', systemAsSent: 'L' },
        { code: 'CMT', text: 'see comment' },
      ],
    },
  })
  for (const entry of entriesIn(storedWith(...fields), 'report'))
    expect(entry).not.toHaveProperty('notShown')
})

test('a flag that is free text is a flag as sent', () => {
  expect(resultOf('NM', 'K^K', '', '5.9', '', '', 'check & repeat')?.flags).toEqual([
    'check & repeat',
  ])
  expect(resultOf('NM', 'K^K', '', '5.9', '', '', '^check again')?.flags).toEqual(['check again'])
})

test('every code of a value that repeats is there', () => {
  const result = resultOf('CWE', 'ORG^Organisms', '', '1^one^L^A^eins^L2~2^two^SCT~3', '', '', '')
  expect(result).toMatchObject({
    value: 'one (1)\ntwo (2)\n3',
    coded: { code: '1', systemAsSent: 'L', alternateCode: 'A' },
    more: { furtherCodes: [{ code: '2', text: 'two', systemAsSent: 'SCT' }, { code: '3' }] },
  })
})

test.each([
  ['NM', '5,1', '3,5-5,0', 5.1, 'H'],
  ['NM', '5,1', '3.5-5.0', 5.1, 'H'],
  ['NM', '4,1', '3,5 - 5,0', 4.1, null],
  ['SN', '>^5,1', '<5,0', 5.1, 'H'],
  ['ST', '5,1', '3,5-5,0', 5.1, 'H'],
])(
  '%s %s with the range %s is a number with a decimal comma',
  (type, value, range, number, flag) => {
    const fields = [type, 'K^K', '', value, 'mmol/L', range, '']
    expect(resultOf(...fields)).toMatchObject({
      value: value.replace('^', ''),
      range,
      numeric: { value: number },
    })
    expect(abnormalIn(...fields)).toEqual([flag])
  },
)

test.each([
  ['1,234', '3-5'],
  ['9.1', '1,234-4,567'],
])('%s in %s may be two numbers, and is not compared', (value, range) => {
  const fields = ['NM', 'K^K', '', value, 'mmol/L', range, '']
  expect(resultOf(...fields)).toMatchObject({ value, range })
  expect(resultOf(...fields)).not.toHaveProperty('abnormal')
  expect(abnormalIn(...fields)).toEqual([null])
})
