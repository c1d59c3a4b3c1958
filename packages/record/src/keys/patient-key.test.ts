import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { surrogatePatientKey } from './patient-key.ts'

test('a surrogate key hides the number and is 16 hexadecimal digits', () => {
  expect(surrogatePatientKey('X99', '9991001018', '1990-01-01')).toMatch(/^X99\|fhir:[0-9a-f]{16}$/)
})

test('another sender, number or birth date is another key', () => {
  const keys = [
    surrogatePatientKey('X99', '9991001018', '1990-01-01'),
    surrogatePatientKey('X98', '9991001018', '1990-01-01'),
    surrogatePatientKey('X99', '9991001026', '1990-01-01'),
    surrogatePatientKey('X99', '9991001018', '1990-01-02'),
    surrogatePatientKey('X99', '9991001018', null),
  ]
  expect(new Set(keys)).toHaveLength(keys.length)
})

test('stored keys stay what they are: SHA-256 of sender, number and birth date', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.option(fc.string()), (ods, number, birthDate) => {
      const digest = createHash('sha256')
        .update(`${ods}|${number}|${birthDate ?? ''}`)
        .digest('hex')
      expect(surrogatePatientKey(ods, number, birthDate)).toBe(`${ods}|fhir:${digest.slice(0, 16)}`)
    }),
  )
})

test('a time of birth counts as its day, and a year or month stays what it is', () => {
  const keyOf = (birthDate: string) => surrogatePatientKey('X99', '9991001018', birthDate)
  expect(keyOf('2026-07-01T03:15+01:00')).toBe(keyOf('2026-07-01'))
  expect(new Set(['1945', '1945-01', '1945-01-01'].map(keyOf)).size).toBe(3)
})
