import type { MessageReceived } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { ledgerMessage } from './ledger-message.ts'

const message: MessageReceived = {
  id: 'm',
  source: 'X99',
  bytes: Buffer.from('MSH|'),
  payload: null,
  connection: 'test',
  receivedAt: 1_795_000_000_123_456,
  sentAt: null,
  controlId: 'C1',
  type: 'ADT^A01',
  characterSet: 'utf-8',
  answered: 'AA',
  problem: { code: 'MISSING_FIELD', place: 'PV1-19' },
  parked: true,
  patientKeys: ['X99|1'],
  events: 0,
  unused: ['ZU1-3'],
  submission: null,
}
const place = { partition: 2, offset: 9 }

test('a parked message is parked in the ledger from the start', () => {
  expect(ledgerMessage(message, place, 1_795_000_000_130).parked).toMatchObject({
    state: 'PARKED',
    code: 'MISSING_FIELD',
    place: 'PV1-19',
    stage: 'NORMALISE',
    since: new Date(1_795_000_000_123),
  })
})

test('a refused message has a problem and is not parked', () => {
  expect(ledgerMessage({ ...message, parked: false }, place, 1_795_000_000_130)).toMatchObject({
    parked: null,
    problem: { code: 'MISSING_FIELD' },
  })
})

test('a message stored by reference has the size of its payload', () => {
  const payload = { hash: 'ab', object: 'payloads/ab/ab', size: 900_000 }
  expect(ledgerMessage({ ...message, bytes: null, payload }, place, 0).size).toBe(900_000)
})

test('no content of the message goes into the ledger', () => {
  expect(
    JSON.stringify(ledgerMessage({ ...message, bytes: Buffer.from('PID|||DOE') }, place, 0)),
  ).not.toContain('DOE')
})
