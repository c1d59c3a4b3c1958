import { expect, test } from 'vitest'
import { nextMessage } from './messages.ts'
import { makePatients } from './patients.ts'
import { peek } from './peek.ts'

const sender = { facility: 'RJZ', admissions: 'PAS', results: 'LIMS' }

test('seven of ten messages are ADT, and the control id is in MSH-10', () => {
  const [patient] = makePatients(1, 1, 'T')
  const messages = Array.from({ length: 200 }, (_, index) =>
    nextMessage(patient as never, sender, `C${index}`, () => 0.5),
  )
  expect(messages.filter((message) => message.type.startsWith('ADT')).length).toBe(140)
  expect(messages.map((message) => peek(message.bytes)?.controlId)).toEqual(
    messages.map((_, index) => `C${index}`),
  )
})

test('NHS numbers are of the 999 range, valid and unique', () => {
  const numbers = makePatients(5_000, 3, 'T').map((patient) => patient.nhsNumber)
  const valid = (number: string) =>
    [...number].reduce((sum, digit, index) => sum + Number(digit) * (10 - index), 0) % 11 === 0
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(
    numbers.every((number) => number.startsWith('999') && number.length === 10 && valid(number)),
  ).toBe(true)
})
