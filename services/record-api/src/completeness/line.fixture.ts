import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openEpoch } from '@tideway/archiver/epoch/open-epoch'
import { connectKafka, type Outgoing } from '@tideway/kafka/client'
import { connectRegistry } from '@tideway/kafka/registry'
import { connectMongo } from '@tideway/mongo/client'
import { connectObjectStore } from '@tideway/object-store/client'
import { startService } from '@tideway/runtime/child-service.fixture'
import { createLog } from '@tideway/runtime/log'
import type { MessageReceived, PatientEvent } from '@tideway/schemas/events.generated'
import { homeOf } from '../../../../scripts/stack/home.ts'
import { kafkaPart } from '../../../../scripts/stack/parts/kafka.ts'
import { preferredPorts } from '../../../../scripts/stack/ports.ts'
import { tokenOf } from '../http/open-server.fixture.ts'

const setting = (name: string): string => process.env[name] ?? ''
const checkout = new URL('../../../..', import.meta.url).pathname

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A Kafka broker of its own, which a test may kill and start again. */
const openBroker = async () => {
  const root = mkdtempSync(join(tmpdir(), 'tideway-kafka-'))
  const { program, address } = await kafkaPart({
    home: homeOf({
      TIDEWAY_HOME: root,
      TIDEWAY_DOWNLOADS: setting('TIDEWAY_DOWNLOADS') || join(checkout, '.tideway/downloads'),
    }),
    ports: { ...preferredPorts, kafka: await freePort(), kafkaController: await freePort() },
    env: process.env,
    signal: new AbortController().signal,
  })
  let child: ChildProcess | null = null
  const stop = async () => {
    const ended = child === null ? null : once(child, 'exit')
    child?.kill('SIGKILL')
    await ended
    child = null
  }
  return {
    address,
    stop,
    start: async () => {
      child = spawn(program.command, [...program.args], { env: program.env, stdio: 'ignore' })
      while (!(await program.ready())) await wait(100)
    },
    close: async () => {
      await stop()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/**
 * Projector, archiver, identity and record-api as processes, over a broker, a bucket and a database
 * of their own.
 */
export const openLine = async () => {
  const own = `line-${randomBytes(4).toString('hex')}`
  const broker = await openBroker()
  await broker.start()
  const kafka = connectKafka([broker.address], own, createLog(own, 'error'))
  while (!(await kafka.answers().catch(() => false))) await wait(200)
  await kafka.ensureTopics(1)
  const registry = connectRegistry(setting('SCHEMA_REGISTRY_URL'))
  await registry.register(['rawMessages', 'parkedMessages', 'patientEvents', 'recordChanges'])
  const mongo = await connectMongo(setting('MONGODB_URL'), own)
  const bucket = connectObjectStore({
    s3Endpoint: setting('S3_ENDPOINT'),
    s3Region: setting('S3_REGION') || 'eu-west-2',
    s3Bucket: own,
    s3AccessKeyId: setting('S3_ACCESS_KEY_ID'),
    s3SecretAccessKey: setting('S3_SECRET_ACCESS_KEY'),
  })
  await bucket.ensureBucket()
  await openEpoch({ kafka, collections: mongo, store: bucket, group: 'archiver' }).adopt()
  bucket.close()
  const publisher = await kafka.publisher()
  const settings = {
    ENVIRONMENT: 'development',
    KAFKA_BROKERS: broker.address,
    MONGODB_DATABASE: own,
    S3_BUCKET: own,
    HEALTH_PORT: '0',
    LOG_LEVEL: 'info',
    ARCHIVE_INTERVAL_MS: '500',
    RECORD_API_PORT: '0',
    SOURCES_DIR: join(checkout, 'schemas/sources'),
  }
  const start = async (
    name: 'projector' | 'archiver' | 'identity' | 'record-api',
    ready: string,
  ) => {
    const service = startService(new URL(`${name}/src/main.ts`, `file://${checkout}services/`), {
      ...settings,
    })
    return { ...service, said: await service.line(ready) }
  }
  const token = await tokenOf(setting('OIDC_ISSUER'), 'clinician', 'RJZ')
  const api = await start('record-api', 'listening')
  const { addresses } = api.said as { addresses: { port: number }[] }
  const address = `http://127.0.0.1:${addresses[0]?.port ?? 0}`

  return {
    mongo,
    broker,
    startProjector: () => start('projector', 'projecting'),
    startArchiver: () => start('archiver', 'archiving'),
    startIdentity: () => start('identity', 'identifying'),
    stop: async ({ child, ended }: Awaited<ReturnType<typeof start>>) => {
      child.kill('SIGTERM')
      await ended
    },

    /** Acknowledged when it resolves. */
    publish: (records: { event?: PatientEvent; message: MessageReceived }[]) =>
      publisher.publish(
        records.flatMap(({ event, message }): Outgoing[] => [
          ...(event === undefined
            ? []
            : [
                {
                  topic: 'patientEvents' as const,
                  key: event.patientKey,
                  value: registry.encode('patientEvents', event),
                  headers: { ce_id: event.id },
                },
              ]),
          {
            topic: 'rawMessages' as const,
            key: message.id,
            partitionKey: message.source,
            value: registry.encode('rawMessages', message),
            headers: {},
          },
        ]),
      ),

    read: async (path: string) => {
      const began = performance.now()
      const response = await fetch(`${address}${path}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      const body = (await response.json()) as Record<string, unknown>
      return { status: response.status, body, tookMs: performance.now() - began }
    },

    close: async () => {
      await publisher.close().catch(() => undefined)
      await broker.close()
      await mongo.drop()
      await mongo.close()
    },
  }
}
