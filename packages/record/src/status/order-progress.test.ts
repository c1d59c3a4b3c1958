import { expect, test } from 'vitest'
import { readOrderStatus } from './order-progress.ts'

test.each([
  ['O', 'active'],
  ['S', 'scheduled'],
  ['I', 'in-progress'],
  ['N', 'in-progress'],
  ['A', 'partial-results'],
  ['P', 'partial-results'],
  ['R', 'partial-results'],
  ['M', 'partial-results'],
  ['F', 'completed'],
  ['C', 'completed'],
  ['X', 'cancelled'],
  ['Y', 'not-found'],
  ['Z', 'not-found'],
  ['final', 'unknown'],
  ['f', 'completed'],
  ['Q', 'unknown'],
])('OBR-25 %s without ORC-5: the order is %s', (result, status) => {
  expect(readOrderStatus(null, result)).toEqual({
    status,
    statusAsSent: result,
    statusSystem: 'HL70123',
    usesResult: true,
  })
})

test.each(['O', 'S', 'I', 'A', 'P', 'R', 'M', 'F', 'C', 'Y', 'Z', '?'])(
  'ORC-5 decides where OBR-25 is %s',
  (result) => {
    expect(readOrderStatus('IP', result)).toEqual({
      status: 'in-progress',
      statusAsSent: 'IP',
      statusSystem: 'HL70038',
      usesResult: false,
    })
  },
)

test('an order cancelled by OBR-25 is cancelled whatever its ORC says of all its tests', () => {
  expect(readOrderStatus('IP', 'X')).toMatchObject({ status: 'cancelled', statusAsSent: 'X' })
  expect(readOrderStatus('CM', 'X')).toMatchObject({ status: 'cancelled', usesResult: true })
})

test('a code of the result in ORC-5 is no status of an order, and the other way round', () => {
  expect(readOrderStatus('F', null)).toMatchObject({ status: 'unknown', statusAsSent: 'F' })
  expect(readOrderStatus('F', 'P')).toMatchObject({ status: 'unknown', usesResult: false })
  expect(readOrderStatus(null, 'CM')).toMatchObject({ status: 'unknown', statusAsSent: 'CM' })
  expect(readOrderStatus(null, null)).toMatchObject({ status: null, usesResult: false })
})
