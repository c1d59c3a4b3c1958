import { randomBytes, randomUUID } from 'node:crypto'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { connectKafka, type Outgoing } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { connectMongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import { connectRegistry } from '@tideway/kafka/registry'
import { idSeal } from '@tideway/schemas/id-seal'
import { afterAll, beforeAll } from 'vitest'
import type { ApplyPorts } from './apply/apply.ts'
import { arrivalOf, type ConsumePorts } from './consume/consume.ts'
import type { Arrival } from './apply/arrival.ts'
import { folds } from './apply/apply-events.ts'
import { announcer, written } from './consume/publish.ts'
import { rulesVersion } from './rules-version.ts'
import { projectorStore } from './store/store.ts'

/**
 * Real Kafka, registry and MongoDB at the addresses in the environment; a database for each test
 * file.
 */
const address = (name: string): string => {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}

export const connectStore = async () => {
  const mongo = await connectMongo(address('MONGODB_URL'), `projector-${randomUUID().slice(0, 8)}`)
  await ensureIndexes(mongo)
  return {
    mongo,
    store: projectorStore(mongo, rulesVersion()),
    close: async () => {
      await mongo.drop()
      await mongo.close()
    },
  }
}

/** Two stores for a test file: one with failures, and one without to compare it with. */
export const twoStores = () => {
  const stores = {} as Record<'stack' | 'undisturbed', Awaited<ReturnType<typeof connectStore>>>
  beforeAll(async () => {
    stores.stack = await connectStore()
    stores.undisturbed = await connectStore()
  })
  afterAll(() => Promise.all([stores.stack.close(), stores.undisturbed.close()]))
  return stores
}

const ids = idSeal([randomBytes(32)])

export const connectLog = async () => {
  const log = createLog('projector-test', 'error')
  const kafka = connectKafka(address('KAFKA_BROKERS').split(','), 'projector-test', log)
  await kafka.ensureTopics(1)
  const registry = connectRegistry(address('SCHEMA_REGISTRY_URL'))
  await registry.register(written)
  const publisher = await kafka.publisher()
  const outgoing = (event: PatientEvent): Outgoing => ({
    topic: 'patientEvents',
    key: event.patientKey,
    value: registry.encode('patientEvents', event),
    headers: { ce_id: event.id, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
  })
  return {
    log,
    kafka,
    registry,
    publisher,
    outgoing,
    announce: announcer(publisher, registry, ids),
  }
}

export const portsFor = (
  store: ApplyPorts['store'],
  more: Partial<ConsumePorts> = {},
): ConsumePorts => ({
  store,
  folds,
  decode: async () => null,
  publish: async () => undefined,
  now: Date.now,
  onLostRaces: () => undefined,
  reached: () => undefined,
  ...more,
})

export const arrivals = (events: readonly PatientEvent[], from = 0): Arrival[] =>
  events.map((event, index) =>
    arrivalOf({
      offset: from + index,
      key: event.patientKey,
      value: event,
      record: Buffer.alloc(0),
      header: () => null,
      timestamp: 0,
    }),
  )

type Documents = { heads: Omit<PatientHead, 'version'>[]; entries: Omit<Entry, 'version'>[] }

/** All documents as a reader sees them, without what only guards writes. */
export const readable = async ({
  patients,
  entries,
}: Awaited<ReturnType<typeof connectMongo>>): Promise<Documents> => {
  const seen = <T extends { version: number; dissolved?: string[] }>(documents: T[]) =>
    documents.map(({ version: _, dissolved: __, ...rest }) => rest)
  return {
    heads: seen(await patients.find().sort({ _id: 1 }).toArray()),
    entries: seen(await entries.find().sort({ _id: 1 }).toArray()),
  } as Documents
}
