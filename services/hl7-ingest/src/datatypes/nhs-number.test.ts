import { type Identifier, unsaid } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { isNhsNumber, validNhsNumber } from './nhs-number.ts'

test.each(['9434765919', '943 476 5919', '943-476-5919', '4010232137'])(
  '%s is an NHS number',
  (sent) => {
    expect(validNhsNumber(sent, true)).toBe(sent.replaceAll(/[ -]/g, ''))
  },
)

test.each([
  ['9434765918', 'wrong check digit'],
  ['943476591', 'nine digits'],
  ['94347659190', 'eleven digits'],
  ['943476591X', 'a letter'],
  ['0000000000', 'ten equal digits'],
  ['1111111111', 'ten equal digits'],
  ['4444444444', 'ten equal digits'],
  ['', 'nothing'],
])('%s is not an NHS number: %s', (sent) => expect(validNhsNumber(sent, false)).toBeNull())

test('a check digit of 10 is invalid', () => {
  const checks = [...'0123456789'].map((digit) => validNhsNumber(`900000000${digit}`, false))
  expect(checks.filter((one) => one !== null).length).toBeLessThanOrEqual(1)
  expect(validNhsNumber('9876543210', false)).toBe('9876543210')
})

test('the 999 range is for tests only', () => {
  expect(validNhsNumber('9991001018', false)).toBe('9991001018')
  expect(validNhsNumber('9991001018', true)).toBeNull()
})

const source = {
  hl7: { nhsNumber: { authorities: ['NHSNBR'], types: ['NHSNMBR'] } },
} as unknown as Source
const cx = (authority: string | null, type: string | null): Identifier => ({
  ...unsaid.Identifier(),
  value: '9434765919',
  authority,
  organisation: null,
  type,
})

test.each([
  ['NHS', null],
  [null, 'NH'],
  [null, 'NHS'],
  ['2.16.840.1.113883.2.1.4.1', null],
  ['https://fhir.nhs.uk/Id/nhs-number', 'MR'],
  ['NHSNBR', null],
  ['X99', 'NHSNMBR'],
])('authority %s and type %s mark an NHS number', (authority, type) =>
  expect(isNhsNumber(cx(authority, type), source)).toBe(true),
)

test.each([
  ['X99', 'MR'],
  [null, null],
  ['X99', null],
])('authority %s and type %s do not', (authority, type) =>
  expect(isNhsNumber(cx(authority, type), source)).toBe(false),
)
