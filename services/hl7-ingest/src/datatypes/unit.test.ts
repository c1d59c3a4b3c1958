import { type Coded, unsaid } from '@tideway/schemas/events.generated'
import spellings from '@tideway/schemas/units.json' with { type: 'json' }
import { expect, test, vi } from 'vitest'
import { ucumOf } from './unit.ts'

const unit = (code: string, more: Partial<Coded> = {}): Coded => ({
  ...unsaid.Coded(),
  code,
  ...more,
})

test.each([
  ['mmol/L', 'mmol/L'],
  ['MMOLL', 'mmol/L'],
  ['x10*9/L', '10*9/L'],
  ['x10^9/L', '10*9/L'],
  ['10^9/L', '10*9/L'],
  ['10*9/L', '10*9/L'],
  ['10^12/L', '10*12/L'],
  ['10E9/L', '10*9/L'],
  ['x 10^9 / L', '10*9/L'],
  ['10^6/kg', '10*6/kg'],
  ['kg/m^2', 'kg/m2'],
  ['g/dl', 'g/dL'],
  ['IU/L', '[iU]/L'],
  ['K/uL', '10*3/uL'],
  ['\u00b5mol/l', 'umol/L'],
  ['mmHg', 'mm[Hg]'],
  ['pmol/l/h', 'pmol/L/h'],
  ['kg/m2', 'kg/m2'],
  ['cm[H2O]', 'cm[H2O]'],
  ['ug/min', 'ug/min'],
])('%s is %s', (sent, ucum) => expect(ucumOf(unit(sent))).toBe(ucum))

test.each([
  ['C'],
  ['F'],
  ['G/L'],
  ['M'],
  ['mM'],
  ['17'],
  ['/10'],
  ['PT'],
  ['U17'],
  ['wibble'],
  [''],
])('%s without a system is not guessed', (sent) => expect(ucumOf(unit(sent))).toBeNull())

test('a declared UCUM unit is accepted as such, also as alternate or text', () => {
  expect(ucumOf(unit('C', { system: 'UCUM' }))).toBe('C')
  expect(ucumOf(unit('17', { alternateCode: 'mg/dL', alternateSystem: 'UCUM' }))).toBe('mg/dL')
  expect(ucumOf(unit('U17', { text: 'mmol/l' }))).toBe('mmol/L')
  expect(ucumOf(null)).toBeNull()
})

test('a number is never a unit: the text beside it is', () => {
  expect(ucumOf(unit('43', { text: 'mg/hr' }))).toBe('mg/h')
  expect(ucumOf(unit('43', { system: 'UCUM' }))).toBeNull()
})

test('every unit of the table is UCUM', () => {
  for (const ucum of Object.keys(spellings))
    expect(ucumOf(unit(ucum, { system: 'UCUM' })), ucum).toBe(ucum)
})

test('each spelling is lower-case and maps to one unit', () => {
  const all = Object.values(spellings).flat()
  expect(all).toEqual([...new Set(all)].map((one) => one.toLowerCase()))
})

test('an unreadable unit is not written to the console', () => {
  const written = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  expect(ucumOf(unit('Mr Nobody of 1 High Street'))).toBeNull()
  expect(written).not.toHaveBeenCalled()
  written.mockRestore()
})
