// Over 250 lines: all tests share one connection to the stack.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { readConfig } from '@tideway/runtime/config'
import { connectKafka, type Publisher } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { connectObjectStore } from '@tideway/object-store/client'
import { receivingTopics } from '@tideway/ingest/open-log'
import { connectRegistry } from '@tideway/kafka/registry'
import { kafkaBrokers, objectStore, schemaRegistryUrl } from '@tideway/runtime/common-settings'
import { startTracing } from '@tideway/runtime/tracing'
import { generate } from 'selfsigned'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { receiveClock } from '@tideway/ingest/receive-clock'
import { createIngest } from './ingest.ts'
import { loadMappings } from './normalise/load-mappings.ts'
import { dial, talk, until } from './listen/mllp-peer.fixture.ts'
import type { MllpServer } from './listen/mllp-server.ts'
import { sandboxSource } from './identify/sandbox-source.ts'

const settings = readConfig(
  { ...process.env, S3_BUCKET: `ingest-${randomUUID()}` },
  { kafkaBrokers, schemaRegistryUrl, ...objectStore },
)
const log = createLog('test', 'fatal')
const kafka = connectKafka(settings.kafkaBrokers, 'ingest-test', log)
const registry = connectRegistry(settings.schemaRegistryUrl)
const store = connectObjectStore(settings)
const tracing = startTracing('test', null)
const limits = {
  maxMessageBytes: 20_000_000,
  idleFrameMs: 30_000,
  maxInFlightBytes: 100_000_000,
  pace: { deadlineMs: 120_000, minBytesPerSecond: 4_096 },
  connectionsPerAddress: 1_000,
}
const run = randomUUID().slice(0, 8).toUpperCase()

const like = sandboxSource('ANY', limits)
const trust = (
  ods: string,
  match: Partial<Source['hl7']['match']>,
  own: Partial<Source['hl7']> = {},
): Source => ({
  ...like,
  ods,
  kind: 'trust',
  hl7: {
    ...like.hl7,
    authorities: { '*': ods },
    processingIds: ['P'],
    match: { ...like.hl7.match, ...match },
    ...own,
  },
})
const sources = [
  trust('RJZ', { sendingFacilities: ['RJZ'] }),
  trust('RJ2', { sendingFacilities: ['RJ2'] }, { batchAcknowledgement: 'batch' }),
  trust('RJ1', { certificates: ['engine.rj1.example'] }),
]

const onLog: { offset: number; message: MessageReceived }[] = []
const stops: (() => Promise<unknown>)[] = []
const listeners: MllpServer[] = []
let publisher: Publisher
let publish: Publisher['publish']
let ingest: ReturnType<typeof createIngest>

beforeAll(async () => {
  await kafka.ensureTopics(1)
  await registry.register([...receivingTopics, 'recordChanges'])
  await store.ensureBucket()
  publisher = await kafka.publisher()
  const consumer = await kafka.consumer({
    topics: ['rawMessages'],
    groupId: `ingest-test-${run}`,
    gatherMs: 20,
    registry,
    onBatch: async (_, { records }) => {
      for (const { offset, value } of records)
        if (value?.controlId?.startsWith(run)) onLog.push({ offset, message: value })
    },
    onCrash: () => undefined,
  })
  const mappings = await loadMappings()
  ingest = createIngest({
    sources,
    mappings,
    production: false,
    limits,
    clock: receiveClock(),
    publisher: { publish: (records) => publish(records) },
    store,
    encode: registry.encode,
    tracing,
    metrics: createMetrics(),
    log,
  })
  stops.push(consumer.close, publisher.close, async () => store.close())
  publish = publisher.publish
})
afterEach(async () => {
  publish = publisher.publish
  await Promise.all(listeners.splice(0).map((listener) => listener.close()))
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

const known = async () => {
  const server = await ingest.listenForSources({
    name: 'mllp',
    host: '127.0.0.1',
    port: 0,
    tls: null,
  })
  listeners.push(server)
  return server
}

let last = 0
const id = () => {
  last += 1
  return `${run}${last}`
}
const admission = (controlId: string, facility = 'RJZ', after = '') =>
  `MSH|^~\\&|PAS|${facility}|SCR|ICS|20260701091500||ADT^A01|${controlId}|P|2.4\rEVN|A01|20260701091500\rPID|1||${controlId}^^^X^MR||TEST^PERSON||19800101|F\rPV1|1|I|WARD^BAY^1||||||||||||||||V${controlId}|||||||||||||||||||||||||20260701091500\r${after}`
const found = (controlId: string) =>
  onLog.find(({ message }) => message.controlId === controlId)?.message

test('AA, and the bytes are on the log as received', async () => {
  const { send, msas } = await dial((await known()).port)
  const controlId = id()
  send(admission(controlId))
  await until(() => msas().length === 1)
  expect(msas()).toEqual([`MSA|AA|${controlId}`])
  await until(() => found(controlId) !== undefined)
  expect(found(controlId)).toMatchObject({
    source: 'RJZ',
    events: expect.any(Number),
    problem: null,
  })
  expect(found(controlId)?.bytes?.toString()).toBe(admission(controlId))
})

test('messages of one connection are answered and logged in the order sent', async () => {
  const { send, msas } = await dial((await known()).port)
  const ids = Array.from({ length: 300 }, id)
  send(...ids.map((controlId) => admission(controlId)))
  await until(() => msas().length === ids.length)
  expect(msas()).toEqual(ids.map((controlId) => `MSA|AA|${controlId}`))
  await until(() => ids.every((controlId) => found(controlId) !== undefined))
  const times = ids.map((controlId) => found(controlId)?.receivedAt ?? 0)
  expect(times).toEqual([...times].sort((a, b) => a - b))
})

test('an unavailable broker: AE 207 within 5 s, the connection stays open, and it recovers with the broker', async () => {
  const { send, msas, answers, socket } = await dial((await known()).port)
  publish = async (records) =>
    (await connectKafka(['127.0.0.1:1'], 'nobody', log).publisher()).publish(records)
  const controlId = id()
  const started = performance.now()
  send(admission(controlId))
  await until(() => msas().length === 1)
  expect(performance.now() - started).toBeLessThan(5_000)
  expect(msas()).toEqual([`MSA|AE|${controlId}|LOG_UNAVAILABLE`])
  expect(answers()[0]).toContain('207')
  publish = publisher.publish
  send(admission(controlId))
  await until(() => msas().length === 2)
  expect(msas()[1]).toBe(`MSA|AA|${controlId}`)
  expect(socket.destroyed).toBe(false)
})

test('an unresponsive broker: AE 207 within 5 s for all waiting messages, and the queue does not grow', async () => {
  let release: () => void = () => undefined
  const asked: number[] = []
  publish = async (records) => {
    asked.push(records.length)
    await new Promise<void>((resolve) => {
      release = resolve
    })
    return publisher.publish(records)
  }
  const { send, msas } = await dial((await known()).port)
  const ids = Array.from({ length: 20 }, id)
  const started = performance.now()
  for (const controlId of ids) {
    send(admission(controlId))
    await wait(5)
  }
  await until(() => msas().length === ids.length)
  expect(performance.now() - started).toBeLessThan(5_000)
  expect(msas()).toEqual(ids.map((controlId) => `MSA|AE|${controlId}|LOG_UNAVAILABLE`))
  expect(asked).toHaveLength(1)
  publish = publisher.publish
  release()
  const after = id()
  send(admission(after))
  await until(() => msas().length === ids.length + 1)
  expect(msas().at(-1)).toBe(`MSA|AA|${after}`)
})

test('closing while messages arrive: all messages answered AA are on the log, and no answer is lost', async () => {
  const server = await known()
  const { send, msas, socket } = await dial(server.port)
  const ids = Array.from({ length: 400 }, id)
  send(...ids.map((controlId) => admission(controlId)))
  await until(() => msas().length > 0)
  await server.close()
  await until(() => socket.destroyed)
  expect(msas()).toEqual(ids.slice(0, msas().length).map((controlId) => `MSA|AA|${controlId}`))
  const answered = ids.slice(0, msas().length)
  await until(() => answered.every((controlId) => found(controlId) !== undefined))
  await wait(200)
  expect(ids.filter((controlId) => found(controlId) !== undefined)).toEqual(answered)
})

test('a message over 512 KiB is in the store, with a reference on the log', async () => {
  const { send, msas } = await dial((await known()).port)
  const [large, small] = [id(), id()]
  const text = admission(large, 'RJZ', `NTE|1||${'x'.repeat(700_000)}\r`)
  send(text, admission(small))
  await until(() => msas().length === 2)
  expect(msas()).toEqual([`MSA|AA|${large}`, `MSA|AA|${small}`])
  await until(() => found(large) !== undefined && found(small) !== undefined)
  expect(found(large)).toMatchObject({ bytes: null, payload: { size: text.length } })
  expect((await store.get(found(large)?.payload?.object ?? ''))?.toString()).toBe(text)
})

test('a batch is answered per message, or as one batch', async () => {
  const { send, msas, answers } = await dial((await known()).port)
  const ids = Array.from({ length: 150 }, id)
  const batchOf = (facility: string) =>
    `FHS|^~\\&|PAS|${facility}\rBHS|^~\\&|PAS|${facility}|||||||B1\r${ids.map((controlId) => admission(controlId, facility)).join('')}BTS|${ids.length}\rFTS|1\r`
  send(batchOf('RJZ'))
  await until(() => answers().length === ids.length)
  expect(msas()).toEqual(ids.map((controlId) => `MSA|AA|${controlId}`))
  send(batchOf('RJ2'))
  await until(() => answers().length === ids.length + 1)
  const answer = answers().at(-1)?.split('\r') ?? []
  expect(answer.filter((segment) => segment.startsWith('MSA'))).toEqual(
    ids.map((controlId) => `MSA|AA|${controlId}`),
  )
  expect(answer).toContain(`BTS|${ids.length}`)
  await until(() =>
    ids.every(
      (controlId) => onLog.filter(({ message }) => message.controlId === controlId).length === 2,
    ),
  )
})

test('the sandbox accepts any sender, as the organisation in MSH-4', async () => {
  const sandbox = await ingest.listenForAnyone({
    name: 'sandbox',
    host: '127.0.0.1',
    port: 0,
    tls: null,
  })
  listeners.push(sandbox)
  const { send, msas } = await dial(sandbox.port)
  const controlId = id()
  send(admission(controlId, 'Some Clinic^1.2.3^ISO').replace('|P|2.4', '|T|2.4'))
  await until(() => msas().length === 1)
  expect(msas()).toEqual([`MSA|AA|${controlId}`])
  await until(() => found(controlId) !== undefined)
  expect(found(controlId)).toMatchObject({
    source: 'SomeClinic',
    patientKeys: [`SomeClinic|${controlId}`],
  })
})

test('mutual TLS: the client certificate identifies the source; without one there is no connection', async () => {
  const certified = (cn: string) =>
    generate([{ name: 'commonName', value: 'localhost' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
      clientCertificate: { cn },
    })
  const [server, other] = [
    await certified('engine.rj1.example'),
    await certified('engine.rj1.example'),
  ]
  const listener = await ingest.listenForSources({
    name: 'mllps',
    host: '127.0.0.1',
    port: 0,
    tls: { cert: server.cert, key: server.private, ca: server.cert },
  })
  listeners.push(listener)
  const dialTls = (identity: { cert?: string | undefined; key?: string | undefined }) => {
    const own =
      identity.cert === undefined || identity.key === undefined
        ? {}
        : { cert: identity.cert, key: identity.key }
    return talk(
      connectTls({
        port: listener.port,
        host: '127.0.0.1',
        ca: server.cert,
        servername: 'localhost',
        checkServerIdentity: () => undefined,
        ...own,
      }),
    )
  }
  const engine = dialTls({ cert: server.clientcert, key: server.clientprivate })
  const controlId = id()
  engine.send(admission(controlId, 'ANYTHING'))
  await until(() => engine.msas().length === 1)
  expect(engine.msas()).toEqual([`MSA|AA|${controlId}`])
  await until(() => found(controlId) !== undefined)
  expect(found(controlId)).toMatchObject({
    source: 'RJ1',
    connection: expect.stringMatching(/^mllps\/\d+ 127\.0\.0\.1:\d+ CN=engine\.rj1\.example$/),
  })

  for (const stranger of [
    dialTls({}),
    dialTls({ cert: other.clientcert, key: other.clientprivate }),
  ]) {
    stranger.send(admission(id(), 'RJZ'))
    await until(() => stranger.socket.destroyed)
    expect(stranger.answers()).toEqual([])
  }
})
