import { expect, test } from 'vitest'
import { age, banner, shownDate, shownName } from './banner.ts'

test('the banner is name, born with age, gender, NHS number', () => {
  const person = {
    name: { family: 'Smith', given: ['JANE'], prefix: 'Mrs.' },
    birthDate: '1950-02-03',
    sex: 'female',
    nhsNumber: '9434765919',
    verified: true,
  }
  expect(banner(person, new Date('2026-11-22T12:00:00Z'))).toBe(
    'SMITH, Jane (Mrs)   Born 03-Feb-1950 (76y)   Gender Female   NHS No. 943 476 5919',
  )
})

test('an unverified number is marked, and without a title there are no parentheses', () => {
  expect(
    banner(
      {
        name: { family: 'Ng', given: [], prefix: null },
        birthDate: null,
        sex: null,
        nhsNumber: '9434765919',
        verified: false,
      },
      new Date(),
    ),
  ).toBe('NG   Born Not known   Gender Not known   NHS No. 943 476 5919 (not verified)')
})

test.each([
  ['1950-02-03', '03-Feb-1950'],
  ['1950-02', 'Feb-1950'],
  ['1950', '1950'],
])('a date of birth of %s shows as %s', (sent, shown) => expect(shownDate(sent)).toBe(shown))

test("names keep their marks: O'Dell, Anne-Marie", () => {
  expect(shownName({ family: "O'Dell", given: ['anne-marie'], prefix: null })).toBe(
    "O'DELL, Anne-Marie",
  )
})

test.each([
  ['2026-11-19', '3d'],
  ['2026-10-26', '27d'],
  ['2026-10-25', '4w'],
  ['2026-10-24', '4w 1d'],
  ['2025-11-21', '12m 1d'],
  ['2025-11-14', '12m 8d'],
  ['2025-10-14', '13m 8d'],
  ['2022-10-14', '4y 1m'],
  ['2008-11-23', '17y 11m'],
  ['2008-11-22', '18y'],
])('born %s is shown as %s on 22-Nov-2026', (born, shown) =>
  expect(age(born, new Date('2026-11-22T17:00:00Z'))).toBe(shown),
)
