import { expect, test } from 'vitest'
import { addressLineOf, emailOf, houseOf, phoneOf, postcodeOf } from './contacts.ts'

test.each([
  ['07700 900123', '07700900123'],
  ['+44 7700 900123', '07700900123'],
  ['0044 (0)7700 900123', '07700900123'],
  ['00000000000', null],
  ['07000 000000', null],
  ['01234567890', null],
  ['ex-directory', null],
])('telephone %s is %s', (sent, phone) => {
  expect(phoneOf(sent)).toBe(phone)
})

test.each([
  ['Ann.Carter@Example.org', 'ann.carter@example.org'],
  ['noreply@example.org', null],
  ['unknown@nhs.net', null],
  ['none', null],
  ['a@b@c.org', null],
])('e-mail %s is %s', (sent, email) => {
  expect(emailOf(sent)).toBe(email)
})

test.each([
  ['se5 9rs', 'SE59RS'],
  ['ZZ99 3VZ', null],
  ['', null],
])('postcode %s is %s', (sent, code) => {
  expect(postcodeOf(sent)).toBe(code)
})

test('an address line is compared by house and flat, however the street is written', () => {
  const written = ['Flat 3, 12 Canal Road', 'FLAT 3, 12 CANAL RD', '12 Canal Rd., Apartment 3']
  expect(new Set(written.map((line) => houseOf(addressLineOf(line) ?? '')))).toEqual(
    new Set(['12 3']),
  )
  expect(houseOf(addressLineOf('Rose Cottage') ?? '')).toBe('ROSE COTTAGE')
  expect(addressLineOf('No fixed abode')).toBeNull()
})
