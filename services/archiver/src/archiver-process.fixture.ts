import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { type ArchivedMessage, decodeObject } from '@tideway/schemas/archive'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import { messageIdOf } from '@tideway/schemas/public-id'
import { connectKafka, type Outgoing } from '@tideway/kafka/client'
import { connectRegistry } from '@tideway/kafka/registry'
import { connectMongo } from '@tideway/mongo/client'
import { connectObjectStore } from '@tideway/object-store/client'
import { createLog } from '@tideway/runtime/log'
import { archiveKeys } from './archive/read-archive.ts'
import { openEpoch } from './epoch/open-epoch.ts'

const setting = (name: string) => process.env[name] ?? ''

/** @throws Error if it does not hold in time */
export const until = async (
  what: string,
  holds: () => Promise<boolean>,
  withinMs: number,
): Promise<void> => {
  for (const end = Date.now() + withinMs; Date.now() < end; await pause(100))
    if (await holds()) return
  throw new Error(`not within ${withinMs} ms: ${what}`)
}

/** Sends a signal and waits for the process to exit. */
export const stop = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

/**
 * Archiver processes with a bucket, a database, a consumer group and a source of their own, and
 * what a test needs to publish to them and to look at what they wrote.
 */
export const openArchiverTest = async () => {
  const run = randomBytes(4).toString('hex')
  const own = `archiver-${run}`
  const source = `T${run}`
  const store = connectObjectStore({
    s3Endpoint: setting('S3_ENDPOINT'),
    s3Region: setting('S3_REGION') || 'eu-west-2',
    s3Bucket: own,
    s3AccessKeyId: setting('S3_ACCESS_KEY_ID'),
    s3SecretAccessKey: setting('S3_SECRET_ACCESS_KEY'),
  })
  const kafka = connectKafka(
    setting('KAFKA_BROKERS').split(','),
    `archiver-test-${run}`,
    createLog('archiver-test', 'error'),
  )
  const registry = connectRegistry(setting('SCHEMA_REGISTRY_URL'))
  const mongo = await connectMongo(setting('MONGODB_URL'), own)
  await kafka.ensureTopics(1)
  const publisher = await kafka.publisher()
  await store.ensureBucket()
  await registry.register(['rawMessages', 'parkedMessages'])
  await kafka.startAtEnd(own, ['rawMessages', 'parkedMessages'])
  await openEpoch({ kafka, collections: mongo, store, group: own }).adopt()

  const children: ChildProcess[] = []
  let sequence = 0

  return {
    source,
    store,
    mongo,
    registry,
    publisher,

    start: (): ChildProcess => {
      const child = spawn(process.execPath, [new URL('./main.ts', import.meta.url).pathname], {
        env: {
          ...process.env,
          MONGODB_DATABASE: own,
          S3_BUCKET: own,
          CONSUMER_GROUP: own,
          CONSUMER_SESSION_MS: '6000',
          ARCHIVE_OBJECT_BYTES: '60000',
          ARCHIVE_INTERVAL_MS: '250',
          LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
        },
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      children.push(child)
      return child
    },

    /** A message as ingest would write it now. */
    received: (bytes: Buffer, parked = false): MessageReceived => {
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
        submission: null,
      }
    },

    publish: (messages: readonly MessageReceived[]) =>
      publisher.publish(
        messages.map(
          (message): Outgoing => ({
            topic: 'rawMessages',
            key: message.id,
            value: registry.encode('rawMessages', message),
            headers: {},
          }),
        ),
      ),

    /** Every archived message of this test's source. */
    archivedRecords: async (): Promise<ArchivedMessage[]> => {
      const records: ArchivedMessage[] = []
      for await (const key of archiveKeys(store))
        records.push(...(await decodeObject((await store.get(key)) as Buffer)).messages)
      return records.filter(({ message }) => message.source === source)
    },

    close: async () => {
      for (const child of children) child.kill('SIGKILL')
      await publisher.close()
      await mongo.drop()
      await mongo.close()
      store.close()
    },
  }
}
