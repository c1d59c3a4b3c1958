import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { mismatchesOf } from './mismatches.ts'

const name = (family: string, ...given: string[]) => [{ ...unsaid.PersonName(), family, given }]

test('case, spaces and missing fields are no mismatch', () => {
  expect(
    mismatchesOf([
      { names: name('O Neill', 'Jane'), sex: 'FEMALE' },
      { names: name('O NEILL', 'JANE', 'M') },
      {},
    ]),
  ).toEqual([])
})

test('fields that differ are named in a fixed order', () => {
  expect(
    mismatchesOf([
      { sex: 'MALE', names: name('SMITH', 'Jon'), deceased: false },
      { sex: 'FEMALE', names: name('SMYTH', 'Jon'), deceased: true },
    ]),
  ).toEqual(['names', 'sex', 'deceased'])
})

test('a time of birth or death agrees with its day', () => {
  expect(
    mismatchesOf([{ birthDate: '2026-01-02T03:04+00:00' }, { birthDate: '2026-01-02' }]),
  ).toEqual([])
})

test('an emptied field is no mismatch', () => {
  expect(mismatchesOf([{ sex: 'MALE' }, { sex: null }, { names: [] }])).toEqual([])
})
