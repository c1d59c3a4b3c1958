import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { promisify } from 'node:util'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import { messageIdOf } from '@tideway/schemas/public-id'
import { connectKafka } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { connectMongo } from '@tideway/mongo/client'
import { connectObjectStore } from '@tideway/object-store/client'
import { receivingTopics } from '@tideway/ingest/open-log'
import { connectRegistry } from '@tideway/kafka/registry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from './client/poll.ts'

const run = randomBytes(4).toString('hex')
const source = `P${run}`
const checkout = new URL('../..', import.meta.url).pathname
const env = {
  ...process.env,
  MONGODB_DATABASE: `parked-${run}`,
  S3_BUCKET: `parked-${run}`,
  CONSUMER_GROUP: `parked-${run}`,
  ARCHIVE_INTERVAL_MS: '200',
  LOG_LEVEL: 'error',
  ENVIRONMENT: 'development',
}
const setting = (name: string) => process.env[name] ?? ''

const kafka = connectKafka(
  setting('KAFKA_BROKERS').split(','),
  `parked-test-${run}`,
  createLog('test', 'error'),
)
const registry = connectRegistry(setting('SCHEMA_REGISTRY_URL'))
const store = connectObjectStore({
  s3Endpoint: setting('S3_ENDPOINT'),
  s3Region: setting('S3_REGION') || 'eu-west-2',
  s3Bucket: env.S3_BUCKET,
  s3AccessKeyId: setting('S3_ACCESS_KEY_ID'),
  s3SecretAccessKey: setting('S3_SECRET_ACCESS_KEY'),
})
const mongo = await connectMongo(setting('MONGODB_URL'), env.MONGODB_DATABASE)
await kafka.ensureTopics(1)
const publisher = await kafka.publisher()
let archiver: ChildProcess

const receivedAt = Date.now() * 1000
const segment = (name: string, fields: Record<number, string>) =>
  [
    name,
    ...Array.from(
      { length: Math.max(...Object.keys(fields).map(Number)) },
      (_, index) => fields[index + 1] ?? '',
    ),
  ].join('|')
const hl7 = (trigger: string, patient: string) =>
  Buffer.from(
    [
      `MSH|^~\\&|PAS|${source}|||20261122100000||ADT^${trigger}|${patient}|P|2.4`,
      segment('EVN', { 1: trigger, 2: '20261122100000' }),
      segment('PID', { 3: `${patient}^^^${source}^MR`, 5: 'DOE^ANN', 7: '19800101', 8: 'F' }),
      segment('PV1', { 2: 'I', 3: 'WARD1^BAY1^BED1', 19: `V${patient}`, 44: '20261122100000' }),
      '',
    ].join('\r'),
  )

/** As hl7-ingest wrote it on a day when the type had no mapping. */
const parkedThen = (bytes: Buffer, after: number): MessageReceived => ({
  id: messageIdOf(source, bytes),
  source,
  bytes,
  payload: null,
  connection: 'sandbox/2576 192.0.2.7:40112',
  receivedAt: receivedAt + after,
  sentAt: null,
  controlId: 'C1',
  type: 'ADT^A01',
  characterSet: 'utf-8',
  answered: 'AA',
  problem: { code: 'UNSUPPORTED_TYPE', place: 'MSH-9' },
  parked: true,
  patientKeys: [],
  events: 0,
  unused: [],
})
const mappable = parkedThen(hl7('A01', '1001'), 1)
const unmappable = parkedThen(hl7('A99', '1002'), 2)

const command = (script: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [`scripts/${script}.ts`, ...args], {
    cwd: checkout,
    env,
    encoding: 'buffer',
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, said: stdout.toString() + stderr.toString() }),
    (error: { code: number; stdout: Buffer; stderr: Buffer }) => ({
      code: error.code,
      stdout: error.stdout,
      said: error.stdout.toString() + error.stderr.toString(),
    }),
  )
const service = (name: string, settings: NodeJS.ProcessEnv = {}) =>
  spawn(process.execPath, [`${checkout}/services/${name}/src/main.ts`], {
    env: { ...env, ...settings },
    stdio: 'inherit',
  })
const ended = async (child: ChildProcess) => {
  child.kill('SIGTERM')
  await once(child, 'exit')
}
const ledgerOf = ({ id }: MessageReceived) => mongo.messages.findOne({ _id: id })

beforeAll(async () => {
  await store.ensureBucket()
  await registry.register(receivingTopics)
  await kafka.startAtEnd(env.CONSUMER_GROUP, ['rawMessages', 'parkedMessages'])
  await kafka.startAtEnd(`events-${run}`, ['patientEvents'])
  archiver = service('archiver')
  await publisher.publish(
    [mappable, unmappable].map((message) => ({
      topic: 'rawMessages' as const,
      key: message.id,
      value: registry.encode('rawMessages', message),
      headers: {},
    })),
  )
  expect(
    await pollUntil(
      () => mongo.messages.countDocuments({ source }),
      (count) => count === 2,
      30_000,
    ),
  ).toBe(2)
})

afterAll(async () => {
  await ended(archiver)
  await publisher.close()
  await mongo.drop()
  await mongo.close()
  store.close()
})

test('what maps today is released under its first receive time; what does not says why and stays', {
  timeout: 180_000,
}, async () => {
  const events: { id: string; receivedAt: number; patientKey: string }[] = []
  const consumer = await kafka.consumer({
    topics: ['patientEvents'],
    groupId: `events-${run}`,
    gatherMs: 20,
    registry,
    onBatch: async (_, batch) =>
      void events.push(
        ...batch.records.flatMap(({ value }) => (value?.source === source ? [value] : [])),
      ),
    onCrash: (cause) => {
      throw cause
    },
  })
  const released = await command('parked', 'release', '--all', '--source', source)
  expect(released.said).toContain(`released      ${mappable.id}`)
  expect(released.said).toContain(`${unmappable.id}  ${source} ADT^A01`)
  expect(released.said).toContain('still UNSUPPORTED_TYPE at MSH-9')
  expect(released.code).toBe(1)
  expect((await ledgerOf(mappable))?.parked).toMatchObject({ state: 'RELEASED' })
  expect((await ledgerOf(unmappable))?.parked).toMatchObject({ state: 'PARKED' })
  const { events: count = 0, patientKeys = [] } = (await ledgerOf(mappable)) ?? {}
  expect([count > 0, patientKeys]).toEqual([true, [`${source}|1001`]])

  const replayed = await command(
    'replay',
    '--from',
    new Date(receivedAt / 1000 - 1_000).toISOString(),
    '--to',
    new Date(receivedAt / 1000 + 1_000).toISOString(),
    '--source',
    source,
  )
  expect(replayed.said).toContain(`replayed 1 of 2 messages`)
  expect(replayed.said).toContain('1 parked or dropped, left alone')
  await pollUntil(
    async () => events.length,
    (seen) => seen >= 2 * count,
    20_000,
  )
  await consumer.close()
  expect(events.length).toBe(2 * count)
  expect(new Set(events.map(({ id }) => id)).size).toBe(count)
  for (const event of events)
    expect([event.receivedAt, event.patientKey]).toEqual([mappable.receivedAt, `${source}|1001`])
})

test('what was used in part is released, and replayed, as far as it can be used, and stays known as such', {
  timeout: 60_000,
}, async () => {
  const visitless = (patient: string, after: number) =>
    parkedThen(
      Buffer.from(
        hl7('A01', patient)
          .toString()
          .replace(/PV1.*\r/, ''),
      ),
      after,
    )
  const waiting = visitless('1005', 10_000_000)
  const inPart = {
    ...visitless('1006', 10_000_001),
    problem: { code: 'VISIT_NOT_IDENTIFIED', place: 'PV1' },
    parked: false,
    patientKeys: [`${source}|1006`],
    events: 1,
  }
  await publisher.publish(
    [waiting, inPart].map((message) => ({
      topic: 'rawMessages' as const,
      key: message.id,
      value: registry.encode('rawMessages', message),
      headers: {},
    })),
  )
  for (const message of [waiting, inPart])
    expect(
      await pollUntil(
        () => ledgerOf(message),
        (ledger) => ledger !== null,
        30_000,
      ),
    ).not.toBeNull()

  expect((await command('parked', 'release', waiting.id)).said).toContain(
    `released      ${waiting.id}`,
  )
  expect(await ledgerOf(waiting)).toMatchObject({
    parked: { state: 'RELEASED' },
    problem: { code: 'VISIT_NOT_IDENTIFIED', place: 'PV1' },
    events: 1,
    patientKeys: [`${source}|1005`],
  })
  for (const { id } of [waiting, inPart])
    expect((await command('replay', '--message', id)).said).toContain('replayed 1 of 1 messages')
})

test('the bytes come back as they came', async () => {
  expect(
    (await command('replay', '--message', mappable.id, '--bytes')).stdout.equals(
      mappable.bytes as Buffer,
    ),
  ).toBe(true)
})

test('a dropped message needs a reason, and is not listed any more', {
  timeout: 180_000,
}, async () => {
  expect((await command('parked', 'drop', unmappable.id)).code).toBe(2)
  expect((await command('parked', 'list', '--source', source)).said).toContain(unmappable.id)
  expect(
    (await command('parked', 'drop', unmappable.id, '--reason', 'a test of the sender')).code,
  ).toBe(0)
  expect((await command('parked', 'list', '--source', source)).said).toContain('Nothing is parked.')
  expect((await ledgerOf(unmappable))?.parked).toMatchObject({
    state: 'DROPPED',
    reason: 'a test of the sender',
  })
})

test('a message that cannot be applied is given up, what waited behind it is applied, and a replay leaves it alone', {
  timeout: 180_000,
}, async () => {
  const patientKey = `${source}|1003`
  const [spoilt, behind] = [3, 4].map((after) => ({
    ...parkedThen(hl7('A01', `100${after}`), after),
    problem: null,
    parked: false,
    patientKeys: [patientKey],
    events: 1,
  })) as [MessageReceived, MessageReceived]
  const merged = {
    type: 'PatientsMerged' as const,
    surviving: [],
    prior: [],
    priorKeys: [],
    priorAccount: null,
    priorVisit: null,
    priorNames: [],
    survivingKey: null,
    mergedAt: null,
  }
  const applicable = registry.encode('patientEvents', {
    id: `${behind.id}.0`,
    messageId: behind.id,
    source,
    patientKey,
    receivedAt: behind.receivedAt,
    sentAt: null,
    place: 'MRG[1]',
    body: merged,
  })
  const told = (message: MessageReceived, value: Buffer) => ({
    topic: 'patientEvents' as const,
    key: patientKey,
    value,
    headers: { ce_id: `${message.id}.0`, ce_source: `/sources/${source}` },
  })
  await kafka.startAtEnd(`projector-${run}`, ['patientEvents'])
  const projector = service('projector', { CONSUMER_GROUP: `projector-${run}` })
  await publisher.publish(
    [spoilt, behind].map((message) => ({
      topic: 'rawMessages' as const,
      key: message.id,
      value: registry.encode('rawMessages', message),
      headers: {},
    })),
  )
  await publisher.publish([told(spoilt, Buffer.from('no event')), told(behind, applicable)])
  const stateOf = async (message: MessageReceived) => (await ledgerOf(message))?.parked?.state
  for (const message of [spoilt, behind])
    expect(
      await pollUntil(
        () => stateOf(message),
        (state) => state === 'PARKED',
        30_000,
      ),
    ).toBe('PARKED')

  const dropped = await command(
    'parked',
    'drop',
    spoilt.id,
    '--reason',
    'the sender sent it in error',
  )
  expect(dropped.said).toContain('what waited behind it is applied')
  expect(dropped.code).toBe(0)
  expect((await ledgerOf(spoilt))?.parked).toMatchObject({
    state: 'DROPPED',
    stage: 'PROJECT',
    code: 'INVALID_RECORD',
    reason: 'the sender sent it in error',
  })
  expect(
    await pollUntil(
      () => stateOf(behind),
      (state) => state === 'RELEASED',
      10_000,
    ),
  ).toBe('RELEASED')
  expect(await mongo.patients.findOne({ _id: patientKey })).toMatchObject({
    incomplete: null,
    merges: [{ message: behind.id }],
  })
  expect(
    await pollUntil(
      () => mongo.held.countDocuments(),
      (count) => count === 0,
      10_000,
    ),
  ).toBe(0)
  expect((await command('parked', 'drop', spoilt.id, '--reason', 'again')).said).toContain(
    'dropped already',
  )
  await ended(projector)

  await pollUntil(
    () =>
      mongo.archiveObjects.countDocuments({
        lastReceivedAt: { $gte: new Date(spoilt.receivedAt / 1000) },
      }),
    (count) => count > 0,
    20_000,
  )
  expect((await command('replay', '--message', spoilt.id)).said).toContain(
    '1 parked or dropped, left alone',
  )
})
