import { expect, test } from 'vitest'
import { isKnownGivenName } from '../score/weights.ts'
import { formOf } from './name-forms.ts'
import { compareNames } from './names.ts'

/** `GIVEN GIVEN, FAMILY` */
const form = (name: string) => {
  const [given = '', family = ''] = name.split(', ')
  return formOf(family || null, given === '' ? [] : given.split(' '))
}
const compared = (a: string, b: string) => compareNames([form(a)], [form(b)], isKnownGivenName)

test.each([
  ['exact', 'ANN, CARTER', 'Ann, Carter'],
  ['exact', 'JOSÉ, SOUSA', 'JOSE, SOUSA'],
  ['exact', 'MAŁGORZATA, NOWAK', 'Malgorzata, Nowak'],
  ['exact', 'KWOK-WAH, CHAN', 'KWOK WAH, CHAN'],
  ['exact', 'MRS ANN, CARTER', 'ANN, CARTER'],
  ['exact', 'MOHAMMED TARIQ, KHAN', 'TARIQ, KHAN'],
  ['exact', 'ANN MARGARET, CARTER', 'ANN, CARTER'],
  ['variant', 'WILLIAM, CARTER', 'BILL, CARTER'],
  ['variant', 'MOHAMMED TARIQ, KHAN', 'TAREK, KHAN'],
  ['variant', 'AISHA, KHAN', 'AYESHA, KHAN'],
  ['variant', 'ADEBAYO, OJO', 'BAYO, OJO'],
  ['variant', 'OLEKSANDR, KOVAL', 'ALEKSANDR, KOVAL'],
  ['similar', 'MARGARET, CARTER', 'MARGRAET, CARTER'],
  ['similar', 'WILLAIM, CARTER', 'BILL, CARTER'],
  ['second', 'JOHN PETER, CARTER', 'PETER, CARTER'],
  ['initial', 'A, CARTER', 'ANN, CARTER'],
  ['initial', 'M, KHAN', 'MOHAMMED, KHAN'],
  ['initial', 'IMRAN, KHAN', 'MOHAMMED I, KHAN'],
  ['baby', 'BABY OF SARAH, CARTER', 'OLIVER, CARTER'],
  ['baby', 'TWIN 1, CARTER', 'OLIVER, CARTER'],
  ['missing', 'UNKNOWN, UNKNOWN', 'ANN, CARTER'],
  ['missing', 'FEMALE, UNKNOWN', 'ANN, CARTER'],
  ['missing', ', CARTER', 'ANN, CARTER'],
  ['prefix', 'MOHAMMED, KHAN', 'MUHAMMAD, KHAN'],
  ['prefix', 'MOHAMMED, KHAN', 'MOHAMMED TARIQ, KHAN'],
  ['different', 'JACK, CARTER', 'JAKE, CARTER'],
  ['different', 'TWIN 1, CARTER', 'TWIN TWO OF SARAH, CARTER'],
  ['different', 'ANN, CARTER', 'PETER, CARTER'],
])('given names agree %s: %s and %s', (level, a, b) => {
  expect(compared(a, b).given).toBe(level)
  expect(compared(b, a).given).toBe(level)
})

test.each([
  ['exact', "ANN, O'NEILL", 'ANN, ONEILL'],
  ['exact', 'ANN, SMITH-JONES', 'ANN, SMITH JONES'],
  ['variant', 'ANN, SMITH', 'ANN, SMYTH'],
  ['variant', 'ANN, KOWALSKI', 'ANN, KOWALSKA'],
  ['variant', 'ANN, CHOWDHURY', 'ANN, CHAUDHRY'],
  ['variant', 'ANN, SINGH', 'ANN, KAUR'],
  ['similar', 'ANN, PEMBERTON', 'ANN, PEMBETRON'],
  ['part', 'ANN, SMITH-JONES', 'ANN, JONES'],
  ['part', 'HARPREET KAUR, GILL', 'HARPREET, KAUR'],
  ['missing', 'ANN, UNKNOWN', 'ANN, CARTER'],
  ['different', 'ANN, CARTER', 'ANN, OKAFOR'],
])('family names agree %s: %s and %s', (level, a, b) => {
  expect(compared(a, b).family).toBe(level)
  expect(compared(b, a).family).toBe(level)
})

test('given and family name that changed places agree', () => {
  expect(compared('CHEN, WEI', 'WEI, CHEN')).toMatchObject({
    given: 'exact',
    family: 'exact',
    swapped: true,
  })
})

test('a former name counts as the current one does', () => {
  const now = [form('ANN, OKAFOR'), form('ANN, CARTER')]
  expect(compareNames(now, [form('ANN, CARTER')], isKnownGivenName).family).toBe('exact')
})

test.each([
  ['same', 'ANN MARGARET, CARTER', 'ANN MARGARET, CARTER'],
  ['initial', 'ANN M, CARTER', 'ANN MARGARET, CARTER'],
  ['different', 'ANN MARGARET, CARTER', 'ANN LOUISE, CARTER'],
  ['missing', 'ANN, CARTER', 'ANN LOUISE, CARTER'],
])('second names agree %s: %s and %s', (level, a, b) => {
  expect(compared(a, b).middle).toBe(level)
})
