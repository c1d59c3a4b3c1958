import type { PatientHead } from '@tideway/schemas/documents/head'
import { expect, test } from 'vitest'
import { combinePatients } from './combine-patients.ts'

const head = (_id: string) => ({ _id }) as PatientHead
const requested = head('RJZ|1')
const keys = (heads: readonly PatientHead[]) => heads.map(({ _id }) => _id)

test('the members of the person are shown, the requested patient first', () => {
  const { heads, notCombined } = combinePatients(requested, [head('RJ1|9'), requested], [], 50)
  expect(keys(heads)).toEqual(['RJZ|1', 'RJ1|9'])
  expect(notCombined).toBe(0)
})

test('others with its number are left out and counted, members are not', () => {
  const carriers = [requested, head('RJ1|9'), head('RJ2|3')]
  const { heads, notCombined } = combinePatients(requested, [head('RJ1|9')], carriers, 50)
  expect(keys(heads)).toEqual(['RJZ|1', 'RJ1|9'])
  expect(notCombined).toBe(1)
  expect(combinePatients(requested, [], carriers, 50)).toMatchObject({ notCombined: 2 })
})

test('patients over the limit are left out and counted', () => {
  const many = Array.from({ length: 9 }, (_, n) => head(`RJ1|${n}`))
  const { heads, notCombined } = combinePatients(requested, many, [], 4)
  expect(heads).toHaveLength(4)
  expect(notCombined).toBe(6)
})
