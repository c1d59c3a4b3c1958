import { expect, test } from 'vitest'
import { nhsNumberOf } from './nhs-number.ts'

test.each(['9434765919', '943 476 5919', '943-476-5919', '943\u00a0476\u20115919'])(
  '%s is the same number',
  (text) => {
    expect(nhsNumberOf(text)).toBe('9434765919')
  },
)

test('a check of 11 is written 0, a check of 10 is never issued', () => {
  expect(nhsNumberOf('9430000020')).toBe('9430000020')
  for (const last of '0123456789') expect(nhsNumberOf(`943000008${last}`)).toBeNull()
})

test.each(['9434765918', '943476591', '94347659190', '1111111111', '0000000000', '943476591X', ''])(
  '%s is none',
  (text) => {
    expect(nhsNumberOf(text)).toBeNull()
  },
)
