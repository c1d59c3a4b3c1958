import { type Observation, unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { abnormalOf, flagRank } from './abnormal-flag.ts'
import { isCriticalResult } from './critical-result.ts'

const of = (
  value: string,
  range: string | null,
  flags: string[] = [],
  comparator: string | null = null,
) =>
  abnormalOf({
    flags,
    range,
    unit: { ...unsaid.Coded(), code: 'mmol/L' },
    numeric: { comparator, value: Number(value), high: null, divisor: null },
  })

test.each([
  ['7.1', '3.5-5.0', 'H'],
  ['3.0', '3.5 - 5.0', 'L'],
  ['5.0', '3.5-5.0', null],
  ['5.1', '(3.5-5.0)', 'H'],
  ['5.1', '3.5-5.0 mmol/L', 'H'],
  ['5.1', '63-90 mg/dL', null],
  ['5', '<5', 'H'],
  ['5', '<=5', null],
  ['5', '<= 5', null],
  ['6', '<= 5; Critical: 0.5-9', 'H'],
  ['6', 'Female: 1-5; Male: 1-7', null],
  ['5', '>5', 'L'],
  ['5', '>=5', null],
  ['4', '≥5', 'L'],
  ['4', '5-', 'L'],
  ['6', 'up to 5', 'H'],
  ['5.1', '3,5-5,0', 'H'],
  ['3.1', '3,5 - 5,0', 'L'],
  ['4.9', '3,5-5,0', null],
  ['6', '<5,5', 'H'],
  ['6', '1,000-5,000', null],
  ['6', '0-1,000', null],
  ['-4', '-3 to -1', 'L'],
  ['-4', '-3--1', 'L'],
  ['0', '-2-2', null],
  ['6', 'see note', null],
  ['6', '5-3', null],
  ['6', null, null],
])('%s in the range %s is %s', (value, range, flag) => {
  expect(of(value, range)).toEqual(flag === null ? null : { flag, computed: true })
})

test.each([
  ['5', '<', '5-10', 'L'],
  ['7', '<', '5-10', null],
  ['10', '>', '5-10', 'H'],
  ['7', '>', '5-10', null],
  ['5', '<=', '5-10', null],
])('%s with %s in %s is %s', (value, comparator, range, flag) => {
  expect(of(value, range, [], comparator)?.flag ?? null).toBe(flag)
})

test.each([
  [['H'], 'H', false],
  [['HH'], 'HH', false],
  [['HU'], 'HU', true],
  [['CRIT'], 'CRIT', true],
  [['H*'], 'H*', true],
  [['High'], 'High', true],
  [['H', 'CRIT'], 'CRIT', true],
  [['H', 'U'], 'H', false],
])('the flags %j', (flags, flag, computed) => {
  expect(of('4', '3-5', flags)).toEqual({ flag, computed })
})

test.each([
  ['POS'],
  ['Positive'],
  ['DET'],
  ['Detected'],
  ['Reactive'],
  ['RR'],
  ['WR'],
  ['IND'],
  ['Equivocal'],
  ['see comment'],
])('the flag %s marks a finding without a range', (flag) => {
  const qualitative = { flags: [flag], range: null, unit: null, numeric: null }
  expect(abnormalOf(qualitative)).toEqual({ flag, computed: true })
})

test('a finding without a flag is neither normal nor abnormal', () => {
  expect(abnormalOf({ flags: [], range: null, unit: null, numeric: null })).toBeNull()
})

test.each([
  ['N'],
  ['Normal'],
  ['normal'],
  ['S'],
  ['NEG'],
  ['U'],
  ['WNL'],
  ['ND'],
  ['NR'],
  ['Not detected'],
  ['NON-REACTIVE'],
  ['Non reactive'],
  ['---'],
])('the flag %s says that it is not abnormal, whatever the range', (flag) => {
  expect(of('9', '3-5', [flag])).toBeNull()
})

test('a range of values, a titre and a text are not compared', () => {
  const numeric = { comparator: null, value: 9, high: null, divisor: null }
  const other = { flags: [], range: '3-5', unit: null }
  expect(abnormalOf({ ...other, numeric: { ...numeric, high: 12 } })).toBeNull()
  expect(abnormalOf({ ...other, numeric: { ...numeric, divisor: 2 } })).toBeNull()
  expect(abnormalOf({ ...other, numeric: null })).toBeNull()
})

test('critical flags rank first, and those in words raise an alarm', () => {
  const flags = ['H', 'CRIT', 'A', 'HH', 'wibble', 'H*']
  expect(flags.toSorted((a, b) => flagRank({ flag: a }) - flagRank({ flag: b }))).toEqual([
    'HH',
    'CRIT',
    'H*',
    'H',
    'A',
    'wibble',
  ])
  const isCritical = (flag: string) =>
    isCriticalResult({ status: 'final', flags: [flag] } as unknown as Observation)
  expect(['HH', 'LL', 'AA', 'CRIT', 'Panic low', 'H', 'HU', 'N'].filter(isCritical)).toEqual([
    'HH',
    'LL',
    'AA',
    'CRIT',
    'Panic low',
  ])
})
