import { expect, test } from 'vitest'
import { hl7 } from './said-later.fixture.ts'
import { entriesIn, pid, storedAfter } from './short-form.fixture.ts'

const siu = (trigger: string, at: string, status: string): string =>
  hl7(
    `SIU^${trigger}`,
    at,
    `${trigger}${at}`,
    `SCH|P1|F1${'|'.repeat(23)}${status}`,
    pid,
    'RGS|1',
    'AIS|1||CLIN^Clinic|202612010900',
  )
const after = (status: string, trigger = 'S14') =>
  entriesIn(
    storedAfter(siu('S12', '20261120090000', 'Booked'), siu(trigger, '20261121090000', status)),
    'appointment',
  )

test.each([
  ['Cancelled', 'cancelled', 'Cancelled'],
  ['CANCELED', 'cancelled', 'CANCELED'],
  ['CX', 'cancelled', 'CX'],
  ['C^Cancelled^L', 'cancelled', 'Cancelled'],
  ['^Cancelled', 'cancelled', 'Cancelled'],
  ['X7^^L^CANC^Cancelled^L2', 'cancelled', 'Cancelled'],
  ['8^No show', 'no-show', 'No show'],
  ['DNA^Did not attend', 'no-show', 'DNA'],
  ['Did not attend', 'no-show', 'Did not attend'],
  ['D^Deleted', 'deleted', 'Deleted'],
  ['B^Booked', 'booked', 'Booked'],
  ['Confirmed', 'booked', 'Confirmed'],
  ['In progress', 'started', 'In progress'],
])('an appointment whose status becomes %s is %s', (sent, status, statusAsSent) => {
  expect(after(sent)).toMatchObject([{ status, said: { statusAsSent } }])
})

test.each([
  ['Q^Queried', 'Queried (Q)'],
  ['Q', 'Q'],
  ['^Queried', 'Queried'],
])(
  'an appointment whose status becomes %s is not claimed to be booked, and says what was sent',
  (sent, statusAsSent) => {
    for (const entry of [after(sent), after(sent, 'S13')].flat()) {
      expect(entry).toMatchObject({ status: 'unknown', said: { status: 'unknown', statusAsSent } })
      expect(entry).not.toHaveProperty('notShown')
    }
    const [first] = entriesIn(storedAfter(siu('S12', '20261120090000', sent)), 'appointment')
    expect(first).toMatchObject({ status: 'unknown', said: { statusAsSent } })
  },
)

test('a message without a status leaves the one before', () => {
  expect(after('')).toMatchObject([{ status: 'booked' }])
})

test('a trigger that ends the appointment ends it, whatever status is sent', () => {
  expect(after('Q^Queried', 'S15')).toMatchObject([{ status: 'cancelled' }])
  expect(after('Q^Queried', 'S26')).toMatchObject([{ status: 'no-show' }])
})
