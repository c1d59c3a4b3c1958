import { randomUUID } from 'node:crypto'
import { ledgerMessage } from '@tideway/archiver/ledger/ledger-message'
import { parkedStore } from '@tideway/archiver/ledger/parked-store'
import { connectMongo, type Mongo } from '@tideway/mongo/client'
import type { MessageParked, MessageReceived } from '@tideway/schemas/events.generated'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordStore } from './store.ts'

let mongo: Mongo
beforeAll(async () => {
  const name = `withdrawn-${randomUUID().slice(0, 8)}`
  mongo = await connectMongo(process.env['MONGODB_URL'] ?? '', name)
})
afterAll(async () => {
  await mongo?.drop()
  await mongo?.close()
})

const key = 'RJZ|2'
const received: MessageReceived = {
  ...{ id: randomUUID(), source: 'RJZ', bytes: Buffer.from('MSH|'), payload: null },
  ...{ connection: 'test', receivedAt: 1, sentAt: null, controlId: 'C', type: 'ADT^A01' },
  ...{ characterSet: 'utf-8', answered: 'AA', patientKeys: [key], events: 1, unused: [] },
  ...{ submission: null, problem: { code: 'USED_IN_PART', place: 'PV1' }, parked: false },
}
const said = (state: 'WITHDRAWN' | 'RESTORED', at: number): MessageParked => ({
  ...{ messageId: received.id, eventId: null, source: 'RJZ', patientKey: null },
  ...{ stage: 'PROJECT', state, problem: { code: state, place: 'message' } },
  ...{ at, by: 'operator', reason: 'test', patientKeys: [key] },
})

test('a withdrawn message is not missing, whichever record is read first, until it is restored', async () => {
  const message = ledgerMessage(received, { partition: 0, offset: 0 }, 0)
  const store = recordStore(mongo)
  const parked = parkedStore(mongo)
  await parked.record([said('WITHDRAWN', 1)])
  await mongo.messages.insertOne(message)
  expect((await store.countMissing([key])).inPart).toBe(1)
  await parked.settle()
  expect((await store.countMissing([key])).inPart).toBe(0)
  await parked.record([said('RESTORED', 3), said('WITHDRAWN', 2)])
  expect((await store.countMissing([key])).inPart).toBe(1)
  expect(await mongo.withdrawnEarly.countDocuments({ _id: message._id })).toBe(0)
})
