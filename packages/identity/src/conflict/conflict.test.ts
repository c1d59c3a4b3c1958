import { expect, test } from 'vitest'
import type { PersonName } from '../traits.ts'
import { agreesOnIdentity, conflictOf } from './conflict.ts'
import type { StatedIdentity } from './stated-identity.ts'

const [number, another] = ['9434765919', '9434765870']

/** `SMITH^ADA JANE`, several names with `~`; `F` or `M`. */
const who = (
  names: string,
  birthDate: string | null,
  sex: 'F' | 'M' | '' = '',
  nhsNumber: string | null = null,
): StatedIdentity => ({
  nhsNumber,
  names: (names === '' ? [] : names.split('~')).map((name): PersonName => {
    const [family = '', given = ''] = name.split('^')
    return { family: family || null, given: given === '' ? [] : given.split(' ') }
  }),
  birthDate,
  sex: sex === '' ? null : sex === 'F' ? 'female' : 'male',
})

const both = (a: StatedIdentity, b: StatedIdentity, isOwn: boolean) => {
  const found = conflictOf(a, b, isOwn)
  expect(conflictOf(b, a, isOwn)).toEqual(found)
  if (found !== null) expect(agreesOnIdentity(a, b, isOwn)).toBe(false)
  return found?.fields ?? null
}

const ada = who('SMITH^ADA JANE', '1950-03-04', 'F', number)
const unnumbered = { ...ada, nhsNumber: null }

/** Corrections and variants: never a conflict, whoever says them. */
test.each([
  ['nothing differs', ada, ada],
  ['one digit of the number mistyped, so that it is not valid', { ...ada, nhsNumber: null }, ada],
  ['one digit of the birth date mistyped', { ...unnumbered, birthDate: '1950-08-04' }, unnumbered],
  ['two neighbouring digits exchanged', { ...unnumbered, birthDate: '1905-03-04' }, unnumbered],
  ['day and month swapped', { ...unnumbered, birthDate: '1950-04-03' }, unnumbered],
  ['the year off by one, over a decade', who('SMITH^ADA', '1949-03-04'), unnumbered],
  ['the year of another century', who('SMITH^ADA', '2050-03-04'), unnumbered],
  ['the year off with the same name and number', { ...ada, birthDate: '1938-03-04' }, ada],
  ['a married name', who('JONES^ADA JANE', '1950-03-04', 'F'), unnumbered],
  ['a double-barrelled married name', who('SMITH-JONES^ADA', '1950-03-04'), ada],
  ['a married name and the date mistyped', who('JONES^ADA', '1950-03-05'), unnumbered],
  ['a middle name dropped', who('SMITH^ADA', '1950-03-04'), ada],
  ['the middle name used', who('SMITH^JANE', '1950-03-04'), ada],
  ['an initial', who('SMITH^A', '1950-03-04'), ada],
  ['a name misspelt', who('SMYTH^ADDA', '1950-03-04'), ada],
  ['family and given name swapped', who('ADA^SMITH', '1950-03-04'), ada],
  [
    'accents and punctuation',
    who("O'NEILL-MÜLLER^ZOË", '1950-03-04'),
    who('ONEILL MULLER^ZOE', '1950-03-04'),
  ],
  ['a former name among the names', who('JONES^JANE~SMITH^ADA', '1950-03-04'), ada],
  ['a nickname', who('SMITH^PEGGY', '1950-03-04'), who('SMITH^MARGARET', '1950-03-04')],
  ['a short form', who('SMITH^BILL', '1950-03-04'), who('SMITH^WILLIAM', '1950-03-04')],
  [
    'a transliteration',
    who('CHOWDHURY^MOHAMMED', '1950-03-04'),
    who('CHAUDHRY^MUHAMMAD', '1950-03-04'),
  ],
  [
    'a spelling that sounds alike',
    who('STEVENSON^CATHERINE', '1950-03-04'),
    who('STEPHENSON^KATHRYN', '1950-03-04'),
  ],
  [
    'forms of a man and a woman',
    who('KOWALSKA^ANNA', '1950-03-04'),
    who('KOWALSKI^ANNA', '1950-03-04'),
  ],
  ['sex corrected alone', { ...ada, sex: 'male' as const }, ada],
  [
    'an unknown patient is named',
    who('UNKNOWN^MALE', null, 'M'),
    who('SMITH^JOHN', '1950-03-04', 'M'),
  ],
  ['an unknown patient with a placeholder of a date', who('UNKNOWN^UNKNOWN', '1900-01-01'), ada],
  ['a placeholder of a date', { ...unnumbered, birthDate: '1900-01-01' }, ada],
  ['only the year of birth is known', { ...unnumbered, birthDate: '1950' }, ada],
  ['only year and month of birth are known', { ...unnumbered, birthDate: '1950-03' }, ada],
  ['a time of birth', { ...unnumbered, birthDate: '1950-03-04T10:15+00:00' }, ada],
  [
    'a baby is named',
    who('SMITH^BABY', '2026-07-01', 'F'),
    who('JONES^ADA', '2026-07-01', 'F', number),
  ],
  [
    'a baby of its mother is named',
    who('BABY OF SMITH^', '2026-07-01'),
    who('OKAFOR^ADA', '2026-07-01'),
  ],
  [
    'a baby is named, and its day of birth corrected',
    who('SMITH^BABY BOY', '2026-07-01'),
    who('SMITH^TOM', '2026-07-13'),
  ],
  ['a twin is named', who('SMITH^TWIN 1', '2026-07-01', 'M'), who('SMITH^TOM', '2026-07-01', 'M')],
  ['only the names are said, and agree', who('SMITH^ADA', null), ada],
  ['nothing is said', who('', null), ada],
  ['a birth date alone, that agrees', who('', '1950-03-04'), ada],
])('no conflict: %s', (_, stated, known) => {
  expect([both(stated, known, true), both(stated, known, false)]).toEqual([null, null])
})

const newborn = who('SMITH^BABY', '2026-07-01', 'M')

/** Two people, whoever says so. */
test.each([
  [
    'the number is given to a baby',
    newborn,
    who('OLDMAN^JOHN', '1931-05-12', 'M'),
    ['birthDate', 'names'],
  ],
  [
    'to a baby of the same family name',
    newborn,
    who('SMITH^JOHN', '1931-05-12', 'M'),
    ['birthDate', 'names'],
  ],
  [
    'to a namesake of the same family',
    who('SMITH^HARRY', '2026-07-01'),
    who('SMITH^JOHN', '1931-05-12'),
    ['birthDate', 'names'],
  ],
  [
    'to another woman of the same given name',
    who('JONES^ADA', '1981-11-23'),
    unnumbered,
    ['birthDate', 'names'],
  ],
  [
    'to somebody else, the numbers unknown',
    who('BROWN^EVE', '1981-11-23', 'F'),
    unnumbered,
    ['birthDate', 'names'],
  ],
  [
    'to somebody of another sex',
    who('BROWN^TOM', '1981-11-23', 'M'),
    unnumbered,
    ['birthDate', 'names', 'sex'],
  ],
  [
    'another number and another name',
    who('BROWN^EVE', '1950-03-04', 'F', another),
    ada,
    ['nhsNumber', 'names'],
  ],
  [
    'another number and another day of birth',
    who('SMITH^ADA', '1981-11-23', 'F', another),
    ada,
    ['nhsNumber', 'birthDate'],
  ],
  [
    'all is other',
    who('BROWN^TOM', '1981-11-23', 'M', another),
    ada,
    ['nhsNumber', 'birthDate', 'names', 'sex'],
  ],
  [
    'one number of two people',
    who('BROWN^EVE', '1981-11-23', 'F', number),
    ada,
    ['birthDate', 'names'],
  ],
  [
    'twins with numbers of their own',
    who('SMITH^TOM', '1950-03-04', 'M', another),
    ada,
    ['nhsNumber', 'names', 'sex'],
  ],
  [
    'two babies with numbers of their own',
    who('BABY JONES^', '2026-07-01', 'F', another),
    who('BABY SMITH^', '2026-07-01', 'M', number),
    ['nhsNumber', 'names', 'sex'],
  ],
  [
    'a day apart, and another name',
    who('BROWN^EVE', '1950-03-05'),
    unnumbered,
    ['birthDate', 'names'],
  ],
  [
    'another sex and day of birth, and the same name',
    who('SMITH^ALEX', '1981-11-23', 'F'),
    who('SMITH^ALEX', '1931-05-12', 'M'),
    ['birthDate', 'sex'],
  ],
])('a conflict: %s', (_, stated, known, fields) => {
  expect([both(stated, known, true), both(stated, known, false)]).toEqual([fields, fields])
})

/** What only a statement of another organisation is held for. */
test.each([
  [
    'the same name and another day of birth',
    who('SMITH^ADA', '1981-11-23'),
    unnumbered,
    ['birthDate'],
  ],
  ['another name alone', who('BROWN^EVE', null), unnumbered, ['names']],
  ['another family name alone', who('BROWN^ADA', null), unnumbered, ['names']],
  ['another day of birth alone', who('', '1981-11-23'), unnumbered, ['birthDate']],
  ['another number alone', who('', null, '', another), ada, ['nhsNumber']],
  ['the other twin', who('SMITH^TOM', '1950-03-04', 'M'), unnumbered, ['names', 'sex']],
])('a conflict if another organisation says it: %s', (_, stated, known, fields) => {
  expect([both(stated, known, true), both(stated, known, false)]).toEqual([null, fields])
})

test('too little said neither contradicts nor agrees', () => {
  for (const [stated, isAgreed] of [
    [who('', null), false],
    [who('', '1950-03-04'), false],
    [who('SMITH^ADA', null), false],
    [who('', null, '', number), true],
    [who('SMITH^ADA', '1950-03-04'), true],
    [who('JONES^ADA', '1950-03-04'), true],
  ] as const)
    expect(agreesOnIdentity(stated, ada, false)).toBe(isAgreed)
})
