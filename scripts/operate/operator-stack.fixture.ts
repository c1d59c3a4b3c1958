import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { openEpoch } from '@tideway/archiver/epoch/open-epoch'
import { receivingTopics } from '@tideway/ingest/open-log'
import { connectKafka } from '@tideway/kafka/client'
import { connectRegistry } from '@tideway/kafka/registry'
import { connectMongo } from '@tideway/mongo/client'
import { connectObjectStore } from '@tideway/object-store/client'
import { createLog } from '@tideway/runtime/log'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import { messageIdOf } from '@tideway/schemas/public-id'
import { checkout } from '../stack/home.ts'

const setting = (name: string) => process.env[name] ?? ''

const segment = (name: string, fields: Record<number, string>) =>
  [
    name,
    ...Array.from(
      { length: Math.max(...Object.keys(fields).map(Number)) },
      (_, index) => fields[index + 1] ?? '',
    ),
  ].join('|')

/** Runs a command of scripts/ and collects its output. */
const runScript = (env: NodeJS.ProcessEnv, script: string, args: readonly string[]) =>
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

const connect = async (env: { MONGODB_DATABASE: string; S3_BUCKET: string }, run: string) => {
  const log = createLog('test', 'error')
  const kafka = connectKafka(setting('KAFKA_BROKERS').split(','), `parked-test-${run}`, log)
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
  return { kafka, registry, store, mongo, publisher: await kafka.publisher() }
}

/** Messages of one source, as hl7-ingest writes them to the log. */
const messagesOf = (source: string) => {
  const receivedAt = Date.now() * 1000
  return {
    receivedAt,
    hl7: (trigger: string, patient: string) =>
      Buffer.from(
        [
          `MSH|^~\\&|PAS|${source}|||20261122100000||ADT^${trigger}|${patient}|P|2.4`,
          segment('EVN', { 1: trigger, 2: '20261122100000' }),
          segment('PID', { 3: `${patient}^^^${source}^MR`, 5: 'DOE^ANN', 7: '19800101', 8: 'F' }),
          segment('PV1', { 2: 'I', 3: 'WARD1^BAY1^BED1', 19: `V${patient}`, 44: '20261122100000' }),
          '',
        ].join('\r'),
      ),

    /** A message that was parked when its type had no mapping; `after` in microseconds. */
    parkedMessage: (bytes: Buffer, after: number): MessageReceived => ({
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
      submission: null,
    }),
  }
}

/** An archiver with its own database, bucket and source, and commands that run against it. */
export const openOperatorStack = async () => {
  const run = randomBytes(4).toString('hex')
  const source = `P${run}`
  const env = {
    ...process.env,
    MONGODB_DATABASE: `parked-${run}`,
    S3_BUCKET: `parked-${run}`,
    CONSUMER_GROUP: `parked-${run}`,
    ARCHIVER_CONSUMER_GROUP: `parked-${run}`,
    PROJECTOR_CONSUMER_GROUP: `projector-${run}`,
    ARCHIVE_INTERVAL_MS: '200',
    LOG_LEVEL: 'error',
    ENVIRONMENT: 'development',
  }
  const connections = await connect(env, run)
  const { kafka, registry, store, mongo, publisher } = connections
  const service = (
    name: string,
    settings: NodeJS.ProcessEnv = {},
    stdio: 'inherit' | 'pipe' = 'inherit',
  ) =>
    spawn(process.execPath, [`${checkout}/services/${name}/src/main.ts`], {
      env: { ...env, ...settings },
      stdio,
    })
  const end = async (child: ChildProcess) => {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await store.ensureBucket()
  await registry.register(receivingTopics)
  await kafka.startAtEnd(env.CONSUMER_GROUP, ['rawMessages', 'parkedMessages'])
  await openEpoch({ kafka, collections: mongo, store, group: env.CONSUMER_GROUP }).adopt()
  const archiver = service('archiver')
  return {
    ...connections,
    ...messagesOf(source),
    run,
    source,
    /** Of services and commands that are started; may be changed between them. */
    env,
    archiver,
    service,
    end,
    command: (script: string, ...args: string[]) => runScript(env, script, args),
    ledgerOf: ({ id }: MessageReceived) => mongo.messages.findOne({ _id: id }),
    publishRaw: (messages: readonly MessageReceived[]) =>
      publisher.publish(
        messages.map((message) => ({
          topic: 'rawMessages' as const,
          key: message.id,
          value: registry.encode('rawMessages', message),
          headers: {},
        })),
      ),
    close: async () => {
      if (archiver.exitCode === null) await end(archiver)
      await publisher.close()
      await mongo.drop()
      await mongo.close()
      store.close()
    },
  }
}

export type OperatorStack = Awaited<ReturnType<typeof openOperatorStack>>
