import { expect, test } from 'vitest'
import { identifierGroupOf, isOfAccountOrVisit } from './identifier-types.ts'

test.each([
  ['AN', 'account'],
  ['an', 'account'],
  ['ANON', 'account'],
  ['ACSN', 'account'],
  ['PATACCTNO', 'account'],
  ['VN', 'visit'],
  ['Visit number', 'visit'],
  ['NH', 'national'],
  ['NNGBR', 'national'],
  ['MC', 'insurance'],
  ['DL', 'drivingLicence'],
  ['PPN', 'passport'],
  ['SS', 'socialSecurity'],
])('the type %s is of the group %s', (type, group) => {
  expect(identifierGroupOf(type)).toBe(group)
  expect(identifierGroupOf(type)).toBe(group)
})

test.each(['MR', 'PI', 'MEDREC', 'INS', 'FI', 'A', 'PT', 'LR', 'X-1', 'constructor', ''])(
  'the type %j is not known to be anything else than a number of the patient',
  (type) => expect(identifierGroupOf(type)).toBeNull(),
)

test('accounts, visits and orders are shared or change; a national number is neither', () => {
  expect(['AN', 'VN', 'FILL', 'NH', 'MEDREC', null].map(isOfAccountOrVisit)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})
