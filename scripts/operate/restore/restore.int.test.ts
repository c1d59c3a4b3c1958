import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { archivedMessages } from '@tideway/archiver/archive/read-archive'
import { loadMappings as loadFhirMappings } from '@tideway/fhir-ingest/load-mappings'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { deleteTopics } from '@tideway/kafka/delete-topics'
import { connectMongo } from '@tideway/mongo/client'
import { connectObjectStore } from '@tideway/object-store/client'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '../client/poll.ts'
import { openOperatorStack, type OperatorStack } from '../operator-stack.fixture.ts'
import { renormalise } from '../replay/renormalise.ts'
import { expectWithdrawn, knownResources, submissions } from './restore.fixture.ts'

/** Every loss on real servers, one after the other: what was acknowledged is whole after each. */
let stack: OperatorStack
let dropped: MessageReceived
let withdrawn: MessageReceived
const sent: MessageReceived[] = []
const running = new Set<ChildProcess>()
const folder = mkdtempSync(join(tmpdir(), 'tideway-backup-'))
const withinMs = 90_000

const start = (): void => {
  running.add(stack.service('archiver'))
  running.add(stack.service('projector', { CONSUMER_GROUP: `projector-${stack.run}` }))
}
const stop = async (): Promise<void> => {
  await Promise.all([...running].map((child) => stack.end(child)))
  running.clear()
}

/** What a service says when it does not start. */
const refusal = async (name: string, group: string): Promise<string> => {
  const child = stack.service(name, { CONSUMER_GROUP: group, LOG_LEVEL: 'error' }, 'pipe')
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number]
  return `${code} ${said}`
}
const archiverRefuses = () => refusal('archiver', stack.env.CONSUMER_GROUP)
const projectorRefuses = () => refusal('projector', `projector-${stack.run}`)

/** Sends messages as hl7-ingest does: the message and its events in one request. */
const sendAll = async (from: number, count: number): Promise<MessageReceived[]> => {
  const mappings = await loadMappings()
  const fhirMappings = await loadFhirMappings()
  const all: MessageReceived[] = []
  for (let at = from; at < from + count; at += 1) {
    const bytes = stack.hl7('A01', String(2_000 + at))
    const base = stack.parkedMessage(bytes, at)
    const { events, normalised } = renormalise(base, bytes, {
      sources: new Map(),
      mappings,
      production: false,
      encode: stack.registry.encode,
      fhir: {
        sources: new Map(),
        rules: { mappings: fhirMappings, owners: new Map(), production: false, maxEntries: 1 },
      },
    })
    const patientKeys = normalised?.patientKeys ?? []
    const message = { ...base, problem: null, parked: false, patientKeys, events: events.length }
    await stack.publishRaw([message])
    await stack.publisher.publish(events)
    all.push(message)
  }
  return all
}
const send = async (from: number, count: number): Promise<void> =>
  void sent.push(...(await sendAll(from, count)))

const ids = () => sent.map(({ id }) => id).toSorted()

/** Ids of messages that are in the archive, in the ledger and in the record. */
const found = async () => {
  const { MONGODB_DATABASE, S3_BUCKET } = stack.env
  const mongo = await connectMongo(process.env['MONGODB_URL'] ?? '', MONGODB_DATABASE)
  const store = connectObjectStore({
    s3Endpoint: process.env['S3_ENDPOINT'] ?? '',
    s3Region: process.env['S3_REGION'] || 'eu-west-2',
    s3Bucket: S3_BUCKET,
    s3AccessKeyId: process.env['S3_ACCESS_KEY_ID'] ?? '',
    s3SecretAccessKey: process.env['S3_SECRET_ACCESS_KEY'] ?? '',
  })
  const wanted = new Set(ids())
  const archive: string[] = []
  for await (const { message } of archivedMessages(store, { from: 0, to: Date.now() + 60_000 }))
    if (wanted.has(message.id)) archive.push(message.id)
  const known = await mongo.messages.find({ source: stack.source }).toArray()
  const record = await mongo.projections.find().toArray()
  const patients = await mongo.patients.countDocuments({
    organisation: stack.source,
    _id: { $nin: withdrawn.patientKeys },
  })
  const state = known.find(({ _id }) => _id === dropped.id)?.parked?.state ?? null
  await mongo.close()
  store.close()
  return {
    archive: archive.toSorted(),
    ledger: known.flatMap(({ _id }) => (wanted.has(_id) ? [_id] : [])).toSorted(),
    record: record
      .map(({ _id }) => _id.slice(0, _id.indexOf('|')))
      .filter((id) => wanted.has(id))
      .toSorted(),
    patients,
    state,
  }
}

const expectWhole = async (): Promise<void> => {
  const whole = { archive: ids(), ledger: ids(), record: ids(), patients: sent.length }
  const now = await pollUntil(
    found,
    ({ archive, record }) => archive.length === sent.length && record.length === sent.length,
    withinMs,
    1_000,
  )
  expect(now).toEqual({ ...whole, state: 'DROPPED' })
}

/** Kafka may still be deleting a topic when it is made anew. */
const loseLog = async (): Promise<void> => {
  await deleteTopics((process.env['KAFKA_BROKERS'] ?? '').split(','))
  const made = () =>
    stack.kafka.ensureTopics(1).then(
      () => true,
      () => false,
    )
  expect(await pollUntil(made, (done) => done, withinMs, 500)).toBe(true)
}

const restore = async (...args: string[]): Promise<string> => {
  const { code, said } = await stack.command('restore', ...args)
  if (code !== 0) throw new Error(said)
  return said
}

beforeAll(async () => {
  stack = await openOperatorStack()
  await stack.kafka.startAtEnd(`projector-${stack.run}`, ['patientEvents'])
  running.add(stack.archiver)
  running.add(stack.service('projector', { CONSUMER_GROUP: `projector-${stack.run}` }))
  dropped = stack.parkedMessage(stack.hl7('A99', '1999'), 999)
  await stack.publishRaw([dropped])
  await send(0, 12)
  const sentInError = await sendAll(50, 1)
  withdrawn = sentInError[0] as MessageReceived
  await stack.publishRaw(submissions(stack))
  expect(
    await pollUntil(
      () => stack.ledgerOf(dropped),
      (row) => row !== null,
      withinMs,
    ),
  ).not.toBe(null)
  await stack.command('parked', 'drop', dropped.id, '--reason', 'not needed')
  await expectWhole()
  const withdrawing = await stack.command('withdraw', withdrawn.id, '--reason', 'sent in error')
  expect([withdrawing.code, withdrawing.said]).toEqual([0, expect.stringContaining('withdrawn')])
  await expectWithdrawn(stack, withdrawn)
}, 240_000)
afterAll(async () => {
  await stop()
  await stack?.close()
  rmSync(folder, { recursive: true })
}, 60_000)

test('a backup has what was acknowledged', { timeout: 120_000 }, async () => {
  const { code, said } = await stack.command('backup', '--to', folder)
  expect([code, said]).toEqual([0, expect.stringContaining('1 parked messages, 1 withdrawn')])
})

test('the database is lost', { timeout: 300_000 }, async () => {
  await stop()
  await stack.mongo.drop()
  expect(await archiverRefuses()).toMatch(/^1 .*npm run restore -- database/)
  expect(await projectorRefuses()).toMatch(/^1 .*npm run restore -- database/)
  await restore('database')
  start()
  await expectWhole()
})

test('the bucket is lost', { timeout: 300_000 }, async () => {
  await stop()
  stack.env.S3_BUCKET = `${stack.env.S3_BUCKET}-b`
  const emptied = await archiverRefuses()
  expect(emptied).toMatch(/^1 .*npm run restore -- bucket/)
  await restore('bucket')
  start()
  await expectWhole()
})

test('the log is lost', { timeout: 300_000 }, async () => {
  await stop()
  await loseLog()
  expect(await archiverRefuses()).toMatch(/^1 .*npm run restore -- log/)
  expect(await projectorRefuses()).toMatch(/^1 .*npm run restore -- log/)
  await restore('log')
  expect(await knownResources(stack)).toEqual([
    `Observation/o-${stack.run}`,
    `Patient/p-${stack.run}`,
    expect.stringMatching(/^number Observation /),
  ])
  start()
  await send(20, 4)
  await expectWhole()
  await expectWithdrawn(stack, withdrawn)
})

test('all are lost', { timeout: 300_000 }, async () => {
  const { code } = await stack.command('backup', '--to', folder)
  expect(code).toBe(0)
  await stop()
  await stack.mongo.drop()
  stack.env.S3_BUCKET = `${stack.env.S3_BUCKET}c`
  await loseLog()
  await restore('all', '--from', folder)
  expect(await knownResources(stack)).toHaveLength(3)
  start()
  await expectWhole()
  await expectWithdrawn(stack, withdrawn)
})

test('what was withdrawn before the loss can be restored after it', {
  timeout: 120_000,
}, async () => {
  const { code, said } = await stack.command('withdraw', withdrawn.id, '--undo')
  expect([code, said]).toEqual([0, expect.stringContaining('in the records of 1 patient')])
  const mongo = await connectMongo(process.env['MONGODB_URL'] ?? '', stack.env.MONGODB_DATABASE)
  const entries = await mongo.entries.countDocuments({
    patient: withdrawn.patientKeys[0] as string,
  })
  await mongo.close()
  expect(entries).toBe(1)
})
