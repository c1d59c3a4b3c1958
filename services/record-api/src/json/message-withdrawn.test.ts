import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { expect, test } from 'vitest'
import { messageOf } from './message.ts'

const message: LedgerMessage = {
  ...{ _id: 'm1', source: 'RJZ', controlId: null, type: 'ADT^A01', characterSet: null },
  ...{ answered: 'AA', receivedAt: new Date(0), received: 0, durableAt: new Date(0) },
  ...{ partition: 0, offset: 0, size: 1, events: 1, patientKeys: ['RJZ|1'], unused: [] },
  ...{ problem: null, parked: null, duplicates: [] },
}
const after = (state: 'WITHDRAWN' | 'RESTORED') => {
  const withdrawn = { state, at: 1_000_000, by: 'operator', reason: 'sent in error' }
  const { withdrawn: is, restored } = messageOf({ ...message, withdrawn }, [], null)
  return { is, restored }
}

test('a message says that it was withdrawn, or restored after that, when, by whom and why', () => {
  const decided = { at: '1970-01-01T00:00:01.000Z', by: 'operator', reason: 'sent in error' }
  expect(after('WITHDRAWN')).toEqual({ is: decided, restored: null })
  expect(after('RESTORED')).toEqual({ is: null, restored: decided })
  expect(messageOf(message, [], null)).toMatchObject({ withdrawn: null, restored: null })
})
