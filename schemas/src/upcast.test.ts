import { expect, test } from 'vitest'
import { upcast } from './upcast.ts'

test('a field that a stored record leaves out says nothing', () => {
  expect(upcast('ContactReportedV1', { contactId: 'N1' })).toMatchObject({
    status: null,
    statusAsSent: null,
    statusSystem: null,
  })
})

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'the code %s is in no table',
  (code) => {
    for (const type of ['ObservationV1', 'AlertReportedV1'])
      expect(upcast(type, { status: code })).toMatchObject({
        status: 'unknown',
        statusAsSent: code,
      })
  },
)
