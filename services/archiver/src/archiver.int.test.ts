import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { archivePlace } from '@tideway/schemas/documents/archive-place'
import { bytesOf, readRecord } from '@tideway/object-store/archived-message'
import { afterAll, expect, test } from 'vitest'
import { archiveKeys } from './archive/read-archive.ts'
import { openArchiverTest, stop, until } from './archiver-process.fixture.ts'

const archiver = await openArchiverTest()
const { archivedRecords, mongo, publish, received, source, start, store } = archiver

let flooding = false
afterAll(async () => {
  flooding = false
  await archiver.close()
})

/**
 * Messages in the ledger, and how many of them are in archive objects. Counts only, so that polling
 * does not load the store.
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

test('killed at any time, or frozen and resumed, it archives every message exactly once and the ledger has all of them', {
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

  const records = await archivedRecords()
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
