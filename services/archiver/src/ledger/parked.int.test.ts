import { randomBytes } from 'node:crypto'
import type { MessageParked, MessageReceived } from '@tideway/schemas/events.generated'
import type { Outgoing } from '@tideway/kafka/client'
import { afterAll, expect, test } from 'vitest'
import { openArchiverTest, stop, until } from '../archiver-process.fixture.ts'

const archiver = await openArchiverTest()
const { mongo, publish, publisher, received, registry, source, start } = archiver

afterAll(() => archiver.close())

test('the ledger has a message before its object is put, and the state of a parked one, whichever record is read first', {
  timeout: 240_000,
}, async () => {
  const child = start()
  const parkedMessage = received(randomBytes(100), true)
  const lateMessage = received(randomBytes(100), true)
  const parkedRecord = (
    message: MessageReceived,
    state: MessageParked['state'],
    at: number,
  ): Outgoing => ({
    topic: 'parkedMessages',
    key: message.id,
    value: registry.encode('parkedMessages', {
      messageId: message.id,
      eventId: null,
      source,
      patientKey: null,
      stage: 'NORMALISE',
      state,
      problem: { code: 'MISSING_FIELD', place: 'PV1-19' },
      at,
      by: state === 'PARKED' ? null : 'tester',
      reason: null,
      patientKeys: [],
    }),
    headers: {},
  })
  // The topic is read from its beginning: what other tests said is there too.
  const waitingOf = ({ id }: MessageReceived) => mongo.parkedEarly.countDocuments({ _id: id })
  const ledgerOf = (message: MessageReceived) => mongo.messages.findOne({ _id: message.id })

  await publisher.publish([
    parkedRecord(lateMessage, 'RELEASED', lateMessage.receivedAt + 2_000_000),
  ])
  await until('the early record waits', async () => (await waitingOf(lateMessage)) === 1, 120_000)
  await publish([parkedMessage])
  await until('it is in the ledger', async () => (await ledgerOf(parkedMessage)) !== null, 60_000)
  expect((await ledgerOf(parkedMessage))?.parked).toMatchObject({
    state: 'PARKED',
    code: 'MISSING_FIELD',
    place: 'PV1-19',
    stage: 'NORMALISE',
  })

  await publish([lateMessage])
  await until(
    'it is released',
    async () => (await ledgerOf(lateMessage))?.parked?.state === 'RELEASED',
    60_000,
  )
  await until('it waits no longer', async () => (await waitingOf(lateMessage)) === 0, 60_000)

  await publisher.publish([
    parkedRecord(parkedMessage, 'DROPPED', parkedMessage.receivedAt + 3_000_000),
    parkedRecord(parkedMessage, 'PARKED', parkedMessage.receivedAt + 1_000_000),
  ])
  await until(
    'it is dropped',
    async () => (await ledgerOf(parkedMessage))?.parked?.state === 'DROPPED',
    60_000,
  )
  expect((await ledgerOf(parkedMessage))?.parked?.since).toEqual(
    new Date(Math.floor(parkedMessage.receivedAt / 1000)),
  )
  await stop(child, 'SIGTERM')
})
