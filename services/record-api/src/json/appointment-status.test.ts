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
const after = (status: string) =>
  entriesIn(
    storedAfter(siu('S12', '20261120090000', 'Booked'), siu('S14', '20261121090000', status)),
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
])('an appointment whose status becomes %s is %s', (sent, status, statusAsSent) => {
  expect(after(sent)).toMatchObject([{ status, said: { statusAsSent } }])
})

test('a status nobody knows leaves the appointment, with what was sent, and its text is not lost', () => {
  expect(after('Q^Queried')).toMatchObject([
    { status: 'booked', said: { status: 'unknown', statusAsSent: 'Q' }, notShown: { count: 1 } },
  ])
})
