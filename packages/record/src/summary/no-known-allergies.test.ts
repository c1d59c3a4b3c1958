import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { contradictoryAllergy, noKnownAllergiesIn } from './no-known-allergies.ts'
import { noKnownWords } from './no-known-words.ts'

const of = (code: string | null, text: string | null = null) =>
  noKnownAllergiesIn({ ...unsaid.Coded(), code, text })

test.each([
  ['716186003', 'No known allergy (situation)', 'any'],
  ['716186003', 'Keine bekannte Allergie', 'any'],
  ['716186003', 'Aucune allergie connue', 'any'],
  ['716186003', 'Sin alergias conocidas', 'any'],
  ['409137002', 'NKDA', 'drug'],
  ['428607008', null, 'environment'],
  ['429625007', null, 'food'],
  ['716220001', null, 'animal'],
  ['428197003', null, 'insect'],
  ['1003774007', null, 'latex'],
  ['no-known-medication-allergies', null, 'drug'],
  ['no-allergy-info', 'No information about allergies', 'no-information'],
  ['NKA', null, 'any'],
  ['NKDA', 'No Known Drug Allergies', 'drug'],
  ['NKA', 'No Known Allergies', 'any'],
  [null, 'No known allergies', 'any'],
  [null, 'NO KNOWN DRUG ALLERGIES (NKDA)', 'drug'],
  [null, 'NKA - No known allergy', 'any'],
  [null, 'N.K.D.A.', 'drug'],
  [null, 'Nil known', 'any'],
  [null, 'None', 'any'],
  [null, 'Allergies: none known', 'any'],
  [null, 'Patient denies any allergies', 'any'],
  [null, 'No known food allergies', 'food'],
  [null, 'No known drug or food allergies', 'any'],
  [null, 'No known history of drug allergy', 'drug'],
  [null, 'No allergies recorded', 'any'],
  ['1', 'No known latex allergy', 'latex'],
  [null, 'Allergies not recorded', 'no-information'],
  [null, 'Allergy status unknown', 'no-information'],
])('%s %s says that none are known: %s', (code, text, noKnown) => {
  expect(of(code, text)).toBe(noKnown)
})

test.each([
  ['P', 'Penicillin'],
  ['NKA', 'Penicillin'],
  ['716186003', 'No known allergies except penicillin'],
  [null, 'No known allergies apart from latex'],
  [null, 'No known allergy to penicillin'],
  [null, 'Unknown'],
  [null, 'NKA 100 tablets'],
  ['716186003', 'Latex'],
  ['716186003', 'Allergie gegen Latex'],
  ['no-known-allergies', 'Penicillin'],
  ['716186003', 'Keine bekannten Allergien außer Penicillin'],
  ['NO', 'Nitric oxide'],
  [null, null],
])('%s %s may be an allergy', (code, text) => {
  expect(of(code, text)).toBeNull()
})

test('a second text that names an allergy makes it one', () => {
  const code = { ...unsaid.Coded(), text: 'NKA', alternateText: 'Peanut' }
  expect(noKnownAllergiesIn(code)).toBeNull()
})

test("the sender's words are beside ours where they are others", () => {
  expect(noKnownWords('any', 'No Known Allergies.')).toBe('No known allergies')
  expect(noKnownWords('drug', 'NKDA')).toBe('No known drug allergies ("NKDA")')
  expect(noKnownWords('food', null)).toBe('No known food allergies')
})

test.each([
  ['NKA', 'Latex', 'any', 'Latex'],
  ['NKDA', 'Penicillin', 'drug', 'Penicillin'],
  ['716186003', 'Latex', 'any', 'Latex'],
  ['409137002', 'Amoxicillin', 'drug', 'Amoxicillin'],
  [
    '716186003',
    'No known allergies except penicillin',
    'any',
    'No known allergies except penicillin',
  ],
])('%s %s contradicts itself: %s, and %s', (code, text, noKnown, named) => {
  expect(contradictoryAllergy({ ...unsaid.Coded(), code, text })).toEqual({ noKnown, named })
})

test('so does a code of which only the original text names an allergen, or a second text', () => {
  const detail = { version: null, alternateVersion: null, originalText: 'Latex' }
  const code = { ...unsaid.Coded(), code: 'NKA', text: 'No known allergies' }
  expect(contradictoryAllergy({ ...code, detail })?.named).toBe('Latex')
  expect(contradictoryAllergy({ ...code, alternateText: 'Peanut' })?.named).toBe('Peanut')
})

test.each([
  ['P', 'Penicillin'],
  ['NKA', 'No known allergies'],
  ['716186003', 'Keine bekannte Allergie'],
  ['NO', 'Nitric oxide'],
  ['NKA', null],
])('%s %s does not', (code, text) => {
  expect(contradictoryAllergy({ ...unsaid.Coded(), code, text })).toBeNull()
})
