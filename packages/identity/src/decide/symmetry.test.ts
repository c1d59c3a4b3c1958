import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Traits } from '../traits.ts'
import { traits } from '../traits.fixture.ts'
import { decide } from './decide.ts'

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values)
const given = fc.array(
  oneOf(
    'ANN',
    'Anne',
    'A',
    'JACK',
    'JAKE',
    'MOHAMMED',
    'Mo',
    'TARIQ',
    'BABY OF ANN',
    'TWIN 1',
    'UNKNOWN',
    'CHEN',
    'Wei',
  ),
  { maxLength: 3 },
)
const anyTraits = fc
  .record({
    nhsNumber: oneOf(null, '9434765919', '9876543210'),
    nhsNumberStatus: oneOf(null, '01', '02'),
    names: fc.array(
      fc.record({
        family: oneOf(null, 'CARTER', 'Carter-Hill', 'HILL', 'CHEN', 'Khan', 'KHAAN'),
        given,
      }),
      { maxLength: 2 },
    ),
    birthDate: oneOf(
      null,
      '1974',
      '1974-03-22',
      '1974-03-04',
      '1974-04-03',
      '1984-03-22',
      '1974-01-01',
      '2015-05-05',
      '1900-01-01',
    ),
    sex: oneOf('male', 'female', 'other', null),
    postcodes: oneOf<string[]>([], ['SE5 9RS'], ['SE5 9RT'], ['SE5 9RS', 'N1 1AA']),
    addressLines: oneOf<string[]>([], ['12 Canal Road'], ['12 CANAL RD', '3 Elm Way']),
    phones: oneOf<string[]>([], ['07700 900123'], ['07700 900456', '07700 900123']),
    emails: oneOf<string[]>([], ['ann.carter@example.org'], ['family@example.org']),
  })
  .map((said) => traits(said as Partial<Traits>))

test('the decision is the same whichever record is given first', () => {
  fc.assert(
    fc.property(anyTraits, anyTraits, (a, b) => {
      expect(decide(a, b)).toEqual(decide(b, a))
    }),
    { numRuns: 1_000 },
  )
})

test('nothing is linked automatically across a contradiction or without a name and a birth date', () => {
  fc.assert(
    fc.property(anyTraits, anyTraits, (a, b) => {
      const { how, contradiction } = decide(a, b)
      if (how !== 'auto') return
      expect(contradiction).toBeNull()
      expect(a.names.length > 0 && b.names.length > 0).toBe(true)
      expect(a.birthDate !== null || b.birthDate !== null).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})
