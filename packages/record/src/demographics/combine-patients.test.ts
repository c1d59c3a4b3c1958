import type { PatientHead } from '@tideway/schemas/documents/head'
import { expect, test } from 'vitest'
import { combinePatients, identityOf } from './combine-patients.ts'

const head = (_id: string, nhsNumber: string | null, birthDate: string | null) =>
  ({ _id, nhsNumber, birthDate }) as PatientHead
const requested = head('RJZ|1', '9434765919', '1950-02-03')
const keys = (heads: readonly PatientHead[]) => heads.map(({ _id }) => _id)

test('the same valid number and birth date are one person, the requested patient first', () => {
  const { heads, notCombined } = combinePatients(
    requested,
    [head('RJ1|9', '9434765919', '1950-02-03'), requested],
    50,
  )
  expect(keys(heads)).toEqual(['RJZ|1', 'RJ1|9'])
  expect(notCombined).toBe(0)
})

test.each(['1950-02-04', '1950', null])(
  'a birth date of %s is left out and counted',
  (birthDate) => {
    const { heads, notCombined } = combinePatients(
      requested,
      [requested, head('RJ1|9', '9434765919', birthDate)],
      50,
    )
    expect(keys(heads)).toEqual(['RJZ|1'])
    expect(notCombined).toBe(1)
  },
)

test('a time of birth counts as its day', () => {
  expect(
    keys(
      combinePatients(requested, [head('RJ1|9', '9434765919', '1950-02-03T04:10+00:00')], 50).heads,
    ),
  ).toEqual(['RJZ|1', 'RJ1|9'])
})

test.each([
  [null, '1950-02-03'],
  ['9434765918', '1950-02-03'],
  ['1111111111', '1950-02-03'],
  ['9434765919', null],
  ['9434765919', '1950-02'],
])('%s and %s identify no person', (nhsNumber, birthDate) => {
  const alone = head('RJZ|1', nhsNumber, birthDate)
  expect(identityOf(alone)).toBeNull()
  expect(keys(combinePatients(alone, [head('RJ1|9', nhsNumber, birthDate)], 50).heads)).toEqual([
    'RJZ|1',
  ])
})

test('patients over the limit are left out and counted', () => {
  const many = Array.from({ length: 9 }, (_, n) => head(`RJ1|${n}`, '9434765919', '1950-02-03'))
  const { heads, notCombined } = combinePatients(requested, many, 4)
  expect(heads).toHaveLength(4)
  expect(notCombined).toBe(6)
})
