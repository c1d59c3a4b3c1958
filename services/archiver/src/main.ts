import { exitOnBadConfig } from '@tideway/shared/config'
import { serveHealth } from '@tideway/shared/health'
import { connectKafka } from '@tideway/shared/kafka'
import type { Batch } from '@tideway/shared/kafka-consumer'
import { createLog } from '@tideway/shared/log'
import { createMetrics } from '@tideway/shared/metrics'
import { connectMongo, ensureIndexes } from '@tideway/shared/mongo'
import { connectObjectStore } from '@tideway/shared/object-store'
import { connectRegistry } from '@tideway/shared/registry'
import { closeOnSignal } from '@tideway/shared/shutdown'
import { startTracing } from '@tideway/shared/tracing'
import { topics } from '@tideway/schemas/topics'
import { archivePartitions } from './archive-partitions.ts'
import { loadConfig } from './config.ts'
import { consume } from './consume.ts'
import { feedStore } from './feeds.ts'
import { ledgerStore } from './ledger-store.ts'
import { archiverMetrics } from './observe.ts'
import { parkedStore } from './parked-store.ts'

const settleEveryMs = 1_000
const closeWithinMs = 20_000

const configured = () => {
  try {
    return loadConfig(process.env)
  } catch (error) {
    return exitOnBadConfig(error)
  }
}

const config = configured()
const log = createLog('archiver', config.logLevel)
const metrics = createMetrics()
const mongo = await connectMongo(config.mongodbUrl, config.mongodbDatabase)
await ensureIndexes(mongo)
const store = connectObjectStore(config)
const registry = connectRegistry(config.schemaRegistryUrl)
const kafka = connectKafka(config.kafkaBrokers, 'archiver', log)
const tracing = config.otlpEndpoint === null ? null : startTracing('archiver', config.otlpEndpoint)

const ledger = ledgerStore(mongo)
const parked = parkedStore(mongo)
const feeds = feedStore(mongo)
const archiving = archiverMetrics(metrics, () => archive.waiting())
const archive = archivePartitions({
  store,
  objects: ledger,
  limits: { objectBytes: config.archiveObjectBytes, intervalMs: config.archiveIntervalMs },
  log,
  metrics: archiving,
  onConflict: (cause) => fail(cause),
})
const sweep = async () => {
  await feeds.save()
  await parked.settle()
}
const sweeping = setInterval(() => sweep().catch((cause: unknown) => log.warn({ cause }, 'feeds not written, trying again')), settleEveryMs)
const fail = closeOnSignal(
  log,
  [archive.close, () => clearInterval(sweeping), sweep, () => consumer.close(), () => health.close(), () => tracing?.close(), store.close, mongo.close],
  closeWithinMs,
)

const handle = consume({ ledger, parked, feeds, archive, store, tracing, log, metrics: archiving })
const consumer = await kafka.consumer({
  topics: ['rawMessages', 'parkedMessages'],
  groupId: config.consumerGroup,
  registry,
  commit: 'by-hand',
  gatherMs: config.gatherMs,
  sessionTimeoutMs: config.consumerSessionMs,
  onBatch: (topic, batch) => (topic === 'rawMessages' ? handle.rawMessages(batch as Batch<'rawMessages'>) : handle.parkedMessages(batch as Batch<'parkedMessages'>)),
  onCrash: (cause) => fail(cause),
  onLag: (topic, partition, lag) => archiving.lag(topics[topic].name, partition, lag),
})

const health = await serveHealth(
  { host: config.host, port: config.healthPort },
  { kafka: async () => consumer.joined() && (await kafka.answers()), mongodb: mongo.answers, s3: store.answers, registry: registry.answers },
  metrics,
)
log.info({ healthPort: health.port, group: config.consumerGroup }, 'archiving')
