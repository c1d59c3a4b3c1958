import type { Stated } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { rules } from './rules.ts'
import { settle } from './settle.ts'

test('a dose or dispense that a response repeats stays as it is known', () => {
  const dose = (...said: Partial<Stated<'administration'>>[]) =>
    settle(said.map((one) => rules.administration(one as Stated<'administration'>)))
  const given = { action: null, status: 'refused' }
  const echo = { action: null, status: 'completed', response: 'AA' }
  expect(dose(given, echo)).toMatchObject({ status: 'refused', shown: [0] })
  expect(dose(echo)).toMatchObject({ status: 'completed', shown: [0] })
  expect(dose({ ...echo, response: 'AR' })).toMatchObject({ status: 'unknown', shown: [0] })
  const dispense = (...said: Partial<Stated<'dispense'>>[]) =>
    settle(said.map((one) => rules.dispense({ control: 'RE', status: null, ...one } as never)))
  expect(dispense({ status: 'returned' }, { control: 'OK', response: 'AA' }).status).toBe(
    'returned',
  )
  expect(dispense({ control: 'OK', response: 'AA' }).status).toBe('reported')
  expect(dispense({ control: 'OK', response: 'AR' }).status).toBe('unknown')
})
