import { expect, test } from 'vitest'
import type { Traits } from '../traits.ts'
import { named, nowhere, traits } from '../traits.fixture.ts'
import { decide } from './decide.ts'

type Said = Partial<Traits>
const none = { nhsNumber: null, nhsNumberStatus: '03' }
const other = { nhsNumber: '9876543210', nhsNumberStatus: '01' }
const unverified = { nhsNumberStatus: '02' }

/** What differs between two records of one person, and of two: how it is decided, by which rule. */
const pairs: [string, Said, Said, 'auto' | 'work-item' | 'none', string][] = [
  ['all the same', {}, {}, 'auto', 'number-birthday-given-name'],
  ['a married name', {}, named('ANN', 'OKAFOR'), 'auto', 'number-birthday-given-name'],
  [
    'a nickname',
    named('WILLIAM', 'CARTER'),
    named('BILL', 'CARTER'),
    'auto',
    'number-birthday-names',
  ],
  [
    'a transliteration',
    named('AISHA', 'KHAN'),
    named('AYESHA', 'KHAN'),
    'auto',
    'number-birthday-names',
  ],
  [
    'names that changed places',
    named('WEI', 'CHEN'),
    named('CHEN', 'WEI'),
    'auto',
    'number-birthday-given-name',
  ],
  [
    'a slip in the given name',
    named('MARGARET', 'CARTER'),
    named('MARGRAET', 'CARTER'),
    'auto',
    'number-birthday-names',
  ],
  ['an initial', {}, named('A', 'CARTER'), 'auto', 'number-birthday-family-name'],
  [
    'a newborn without a name',
    { birthDate: '2025-06-01' },
    { birthDate: '2025-06-01', ...named('BABY OF SARAH', 'JONES') },
    'auto',
    'number-birthday-newborn',
  ],
  [
    'day and month swapped',
    { birthDate: '1974-03-04' },
    { birthDate: '1974-04-03' },
    'auto',
    'number-names-near-birthday',
  ],
  ['a digit of the year', {}, { birthDate: '1975-03-22' }, 'auto', 'number-names-near-birthday'],
  ['a placeholder birth date', {}, { birthDate: '1900-01-01' }, 'auto', 'number-names-no-birthday'],
  ['the wrong sex and the very name', {}, { sex: 'male' }, 'auto', 'number-birthday-given-name'],
  ['no number, one home', {}, none, 'auto', 'names-birthday-contact'],
  [
    'no number, another home, one telephone',
    {},
    { ...none, postcodes: ['N1 1AA'], addressLines: ['3 Elm Road'] },
    'auto',
    'names-birthday-contact',
  ],
  [
    'no number, married, one home and telephone',
    {},
    { ...none, ...named('ANN', 'OKAFOR') },
    'auto',
    'given-name-birthday-contacts',
  ],

  [
    'the number alone',
    {},
    { ...named('OLU', 'ADEYEMI'), birthDate: '1990-10-10', sex: 'male', ...nowhere },
    'work-item',
    'number-shared-birth-dates',
  ],
  [
    'twins with one number',
    { ...named('JACK', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    { ...named('OLIVER', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    'work-item',
    'number-shared-given-names',
  ],
  [
    'twins with one number, names a letter apart',
    { ...named('JACK', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    { ...named('JAKE', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    'work-item',
    'number-shared-given-names',
  ],
  [
    'twins with one number, boy and girl, names alike',
    { ...named('AMRIT', 'GILL'), sex: 'male' },
    { ...named('AMRITA', 'GILL') },
    'work-item',
    'number-shared-sex',
  ],
  [
    'a twin without a name, and a child with one',
    { ...named('TWIN 1', 'HILL'), ...unverified },
    named('JACK', 'HILL'),
    'work-item',
    'number-shared',
  ],
  [
    'father and son under one number',
    { ...named('JOHN', 'HILL'), sex: 'male' },
    { ...named('JOHN', 'HILL'), sex: 'male', birthDate: '2004-03-22' },
    'work-item',
    'number-shared-birth-dates',
  ],
  [
    'brothers of one name under one number, born on two days of a month',
    { ...named('RAJ', 'HILL'), birthDate: '2025-11-11', sex: 'male' },
    { ...unverified, ...named('RAJ', 'HILL'), birthDate: '2025-11-23', sex: 'male' },
    'work-item',
    'number-shared',
  ],
  [
    'a number and a birthday, no name',
    {},
    named('UNKNOWN', 'UNKNOWN'),
    'work-item',
    'number-shared',
  ],
  ['two verified numbers', {}, other, 'work-item', 'two-verified-numbers'],
  [
    'two numbers, one of them not verified',
    {},
    { ...other, ...unverified },
    'work-item',
    'two-numbers',
  ],
  [
    'no number, a variant of the name, a child',
    { ...named('OMAR', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    { ...none, ...named('UMAR', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    'work-item',
    'names-birthday',
  ],
  [
    'no number, a name that many have, a child',
    { ...named('OMAR', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    { ...none, ...named('OMAR', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    'work-item',
    'names-birthday',
  ],
  [
    'no number, a prefix dropped, a child',
    { ...named('MO ZORAWAR', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    { ...none, ...named('ZORAWAR', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    'work-item',
    'names-birthday',
  ],
  [
    'no number, a rare name, a child',
    { ...named('ZORAWAR', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    { ...none, ...named('ZORAWAR', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    'auto',
    'names-birthday-contact',
  ],
  [
    'no number, names that changed places, a child',
    { ...named('ZORAWAR', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    { ...none, ...named('HILL', 'ZORAWAR'), birthDate: '2015-05-05', sex: 'male' },
    'work-item',
    'names-birthday',
  ],
  ['no number, no birth date', {}, { ...none, birthDate: null }, 'work-item', 'likely'],

  ['namesakes born on one day', {}, { ...none, ...nowhere }, 'none', 'below-threshold'],
  [
    'father and son of one name and home',
    { ...named('JOHN', 'HILL'), sex: 'male' },
    { ...none, ...named('JOHN', 'HILL'), sex: 'male', birthDate: '2004-03-22' },
    'none',
    'birth-dates',
  ],
  [
    'twins, one without a number',
    { ...named('JACK', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    { ...none, ...named('OLIVER', 'HILL'), birthDate: '2015-05-05', sex: 'male' },
    'none',
    'given-names',
  ],
  [
    'a placeholder address in common',
    { addressLines: ['NO FIXED ABODE'], postcodes: ['ZZ99 3VZ'], phones: [] },
    {
      ...none,
      addressLines: ['NO FIXED ABODE'],
      postcodes: ['ZZ99 3VZ'],
      phones: [],
      gpPractice: null,
    },
    'none',
    'below-threshold',
  ],
  [
    'two unknown patients',
    { ...none, ...nowhere, ...named('UNKNOWN', 'UNKNOWN'), birthDate: '1900-01-01' },
    { ...none, ...nowhere, ...named('UNKNOWN', 'UNKNOWN'), birthDate: '1900-01-01' },
    'none',
    'below-threshold',
  ],
]

test.each(pairs)('%s', (_what, a, b, how, rule) => {
  expect(decide(traits(a), traits({ patient: 'RJ1|2', ...b }))).toMatchObject({ how, rule })
})

test('a contradiction is never linked, and says what it is', () => {
  const said = (b: Said) => decide(traits(), traits({ patient: 'RJ1|2', ...b })).contradiction
  expect(said(other)).toBe('two-verified-numbers')
  expect(said({ ...other, ...unverified })).toBe('two-numbers')
  expect(said({ ...none, birthDate: '1990-10-10' })).toBe('birth-dates')
  expect(said({ ...none, ...named('PETER', 'CARTER') })).toBe('given-names')
  expect(said({ ...none, ...named('ANNE', 'CARTER'), sex: 'male' })).toBe('sex')
  expect(said({})).toBeNull()
})
