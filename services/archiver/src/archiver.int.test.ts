import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { type ArchivedMessage, decodeObject } from '@tideway/schemas/archive'
import { archivePlace } from '@tideway/schemas/documents/archive-place'
import type { MessageParked, MessageReceived } from '@tideway/schemas/events.generated'
import { messageIdOf } from '@tideway/schemas/public-id'
import { bytesOf, readRecord } from '@tideway/object-store/archived-message'
import { connectKafka, type Outgoing } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { connectMongo } from '@tideway/mongo/client'
import { connectObjectStore } from '@tideway/object-store/client'
import { connectRegistry } from '@tideway/kafka/registry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { archivedMessages, archiveKeys } from './archive/read-archive.ts'

const run = randomBytes(4).toString('hex')
const source = `T${run}`
const database = `archiver-${run}`
const s3Bucket = `archiver-${run}`
const setting = (name: string) => process.env[name] ?? ''

const store = connectObjectStore({
  s3Endpoint: setting('S3_ENDPOINT'),
  s3Region: setting('S3_REGION') || 'eu-west-2',
  s3Bucket,
  s3AccessKeyId: setting('S3_ACCESS_KEY_ID'),
  s3SecretAccessKey: setting('S3_SECRET_ACCESS_KEY'),
})
const log = createLog('archiver-test', 'error')
const kafka = connectKafka(setting('KAFKA_BROKERS').split(','), `archiver-test-${run}`, log)
const registry = connectRegistry(setting('SCHEMA_REGISTRY_URL'))
const mongo = await connectMongo(setting('MONGODB_URL'), database)
await kafka.ensureTopics(1)
const publisher = await kafka.publisher()
const running = new Set<ChildProcess>()

beforeAll(async () => {
  await store.ensureBucket()
  await registry.register(['rawMessages', 'parkedMessages'])
  await kafka.startAtEnd(`archiver-${run}`, ['rawMessages', 'parkedMessages'])
})

let flooding = false
afterAll(async () => {
  flooding = false
  for (const child of running) child.kill('SIGKILL')
  await publisher.close()
  await mongo.drop()
  await mongo.close()
  store.close()
})

const start = (): ChildProcess => {
  const child = spawn(process.execPath, [new URL('./main.ts', import.meta.url).pathname], {
    env: {
      ...process.env,
      MONGODB_DATABASE: database,
      S3_BUCKET: s3Bucket,
      CONSUMER_GROUP: `archiver-${run}`,
      CONSUMER_SESSION_MS: '6000',
      ARCHIVE_OBJECT_BYTES: '60000',
      ARCHIVE_INTERVAL_MS: '250',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  running.add(child)
  return child
}

const stop = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
  running.delete(child)
}

const until = async (
  what: string,
  holds: () => Promise<boolean>,
  withinMs: number,
): Promise<void> => {
  for (const end = Date.now() + withinMs; Date.now() < end; await pause(100))
    if (await holds()) return
  throw new Error(`not within ${withinMs} ms: ${what}`)
}

let sequence = 0
const received = (bytes: Buffer, parked = false): MessageReceived => {
  sequence += 1
  return {
    id: messageIdOf(source, bytes),
    source,
    bytes,
    payload: null,
    connection: 'test',
    receivedAt: Date.now() * 1000 + (sequence % 1000),
    sentAt: null,
    controlId: `C${sequence}`,
    type: 'ADT^A01',
    characterSet: 'utf-8',
    answered: 'AA',
    problem: parked ? { code: 'MISSING_FIELD', place: 'PV1-19' } : null,
    parked,
    patientKeys: [`${source}|${sequence % 50}`],
    events: parked ? 0 : 2,
    unused: [],
  }
}

const publish = (messages: readonly MessageReceived[]) =>
  publisher.publish(
    messages.map(
      (message): Outgoing => ({
        topic: 'rawMessages',
        key: message.id,
        value: registry.encode('rawMessages', message),
        headers: {},
      }),
    ),
  )

const archive = async (): Promise<ArchivedMessage[]> => {
  const records: ArchivedMessage[] = []
  for await (const key of archiveKeys(store))
    records.push(...(await decodeObject((await store.get(key)) as Buffer)).messages)
  return records.filter(({ message }) => message.source === source)
}

/**
 * How many messages are in the ledger, and how many of them in archive objects. Counts only: the
 * store must not be kept busy by who looks.
 */
const progress = async (): Promise<{ ledger: number; archived: number }> => {
  const objects = await mongo.archiveObjects.find({}, { projection: { messages: 1 } }).toArray()
  return {
    ledger: await mongo.messages.countDocuments(),
    archived: objects.reduce((sum, { messages }) => sum + messages, 0),
  }
}

const pollProgress = async (all: number) => {
  let now = await progress()
  for (
    const end = Date.now() + 120_000;
    Date.now() < end && now.archived < all;
    now = await progress()
  )
    await pause(1_000)
  return now
}

test('killed at any time, frozen and woken, it archives every message exactly once and the ledger has them all', {
  timeout: 600_000,
}, async () => {
  const sent = new Map<string, Buffer>()
  const resent = new Map<string, number>()
  flooding = true
  const flood = (async () => {
    while (flooding) {
      const batch = Array.from({ length: 10 }, () => received(randomBytes(randomInt(50, 3_000))))
      const earlier = [...sent].slice(-200).filter((_, index) => index % 100 === 0)
      const again = earlier.map(([, bytes]) => received(bytes))
      await publish([...batch, ...again])
      for (const message of batch) sent.set(message.id, message.bytes as Buffer)
      for (const { id } of again) resent.set(id, (resent.get(id) ?? 0) + 1)
      await pause(100)
    }
  })()

  const archived = () => mongo.archiveObjects.countDocuments()
  for (let round = 0; round < 2; round += 1) {
    const before = await archived()
    const child = start()
    await until('it archives', async () => (await archived()) > before, 120_000)
    await pause(randomInt(0, 900))
    await stop(child, 'SIGKILL')
  }
  const frozen = start()
  const before = await archived()
  await until('it archives', async () => (await archived()) > before, 120_000)
  frozen.kill('SIGSTOP')
  const other = start()
  const stalled = await archived()
  await until('the other takes over', async () => (await archived()) > stalled + 3, 120_000)
  frozen.kill('SIGCONT')
  await pause(1_000)
  flooding = false
  await flood
  const done = await pollProgress(sent.size)
  expect(done).toEqual({ ledger: sent.size, archived: sent.size })
  await stop(frozen, 'SIGTERM')
  await stop(other, 'SIGTERM')

  const records = await archive()
  expect(records.length).toBe(sent.size)
  expect(new Set(records.map(({ message }) => message.id)).size).toBe(sent.size)
  for (const { message } of records)
    expect(message.bytes?.equals(sent.get(message.id) as Buffer)).toBe(true)

  const ledger = await mongo.messages.find({ source }).toArray()
  expect(ledger.length).toBe(sent.size)
  for (const message of ledger) expect(message.duplicates.length).toBe(resent.get(message._id) ?? 0)

  const objects = await mongo.archiveObjects.find().sort({ partition: 1, first: 1 }).toArray()
  const listed: string[] = []
  for await (const key of archiveKeys(store)) listed.push(key)
  expect(objects.map(({ _id }) => _id).toSorted()).toEqual(listed.toSorted())
  for (const message of ledger) {
    const object = objects.find(
      ({ partition, first, last }) =>
        partition === message.partition && first <= message.offset && last >= message.offset,
    )
    const place = archivePlace(object ?? null, message.offset)
    expect(place).not.toBeNull()
    if (ledger.indexOf(message) % 100 > 0 || place === null) continue
    const record = await readRecord(store, place)
    expect(record.message.id).toBe(message._id)
    expect((await bytesOf(store, record.message)).equals(sent.get(message._id) as Buffer)).toBe(
      true,
    )
  }
  const [feed] = await mongo.feeds.find({ _id: source }).toArray()
  expect(feed?.lastReceivedAt.getTime()).toBeGreaterThanOrEqual(
    Math.max(...ledger.map(({ receivedAt }) => receivedAt.getTime())),
  )
})

test('the ledger has a message long before its object, and knows what became of a parked one, whichever record came first', {
  timeout: 240_000,
}, async () => {
  const child = start()
  const parkedMessage = received(randomBytes(100), true)
  const lateMessage = received(randomBytes(100), true)
  const said = (message: MessageReceived, state: MessageParked['state'], at: number): Outgoing => ({
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
    }),
    headers: {},
  })
  const ledgerOf = (message: MessageReceived) => mongo.messages.findOne({ _id: message.id })

  await publisher.publish([said(lateMessage, 'RELEASED', lateMessage.receivedAt + 2_000_000)])
  await until(
    'the early record waits',
    async () => (await mongo.parkedEarly.countDocuments()) === 1,
    120_000,
  )
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
  expect(await mongo.parkedEarly.countDocuments()).toBe(0)

  await publisher.publish([
    said(parkedMessage, 'DROPPED', parkedMessage.receivedAt + 3_000_000),
    said(parkedMessage, 'PARKED', parkedMessage.receivedAt + 1_000_000),
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

test('a record that is none of its topic is kept aside, where no reader of the archive stumbles over it', {
  timeout: 240_000,
}, async () => {
  const child = start()
  const before = received(randomBytes(100))
  const after = received(randomBytes(100))
  const nonsense = randomBytes(50)
  await publish([before])
  await publisher.publish([{ topic: 'rawMessages', key: 'nonsense', value: nonsense, headers: {} }])
  await publish([after])
  const ids = async () =>
    (await Array.fromAsync(archivedMessages(store, { from: 0, to: Date.now() + 60_000 }))).map(
      ({ message }) => message.id,
    )
  await until(
    'both messages are archived',
    async () => {
      const archived = await ids()
      return [before, after].every(({ id }) => archived.includes(id))
    },
    60_000,
  )
  await stop(child, 'SIGTERM')
  const aside = (await Array.fromAsync(store.list('raw-messages.v1/'))).filter((key) =>
    key.includes('undecodable'),
  )
  expect(aside).toHaveLength(1)
  expect((await store.get(aside[0] as string))?.equals(nonsense)).toBe(true)
  expect((await archive()).map(({ message }) => message.id)).toEqual(
    expect.arrayContaining([before.id, after.id]),
  )
})
