import { expect, test } from 'vitest'
import { contradicts } from './contradiction.ts'

test.each([
  ['any', { text: 'peanut', category: 'FOOD' }, true],
  ['drug', { text: 'peanut', category: 'FOOD' }, false],
  ['drug', { text: 'penicillin', category: 'DRUG' }, true],
  ['drug', { text: 'penicillin' }, true],
  ['drug', { text: 'contrast', category: 'LOCAL' }, true],
  ['food', { text: 'penicillin', category: 'DRUG' }, false],
  ['environment', { text: 'house dust', category: 'MISCELLANEOUS' }, true],
  ['latex', { text: 'natural rubber latex', category: 'ENVIRONMENT' }, true],
  ['latex', { text: 'pollen', category: 'ENVIRONMENT' }, false],
  ['insect', { text: 'bee venom' }, true],
  ['animal', { text: 'Felis', category: 'ANIMAL' }, true],
  ['no-information', { text: 'penicillin' }, false],
] as const)('none of %s known, and %j: contradicted is %s', (noKnown, allergy, is) => {
  expect(contradicts(allergy, noKnown)).toBe(is)
})
