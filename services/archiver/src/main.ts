import { exitOnBadConfig } from '@tideway/runtime/config'
import { serveHealth } from '@tideway/runtime/health'
import { connectKafka } from '@tideway/kafka/client'
import type { ConsumerBatch } from '@tideway/kafka/consumer'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { connectMongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import { keepWatermarks } from '@tideway/mongo/keep-watermarks'
import { watermarkStore } from '@tideway/mongo/watermark-store'
import { connectObjectStore } from '@tideway/object-store/client'
import { connectRegistry } from '@tideway/kafka/registry'
import { requireProduction } from '@tideway/runtime/production'
import { closeOnSignal } from '@tideway/runtime/shutdown'
import { startTracing } from '@tideway/runtime/tracing'
import { EpochError, watchEpoch } from '@tideway/mongo/watch-epoch'
import { topics } from '@tideway/schemas/topics'
import { archivePartitions } from './archive/archive-partitions.ts'
import { loadConfig } from './config.ts'
import { consume } from './consume.ts'
import { openEpoch } from './epoch/open-epoch.ts'
import { feedGapsStore } from './ledger/feed-gaps-store.ts'
import { feedStore } from './ledger/feed-store.ts'
import { ledgerStore } from './ledger/ledger-store.ts'
import { seedWatermarks } from './ledger/seed-watermarks.ts'
import { archiverMetrics } from './metrics.ts'
import { parkedStore } from './ledger/parked-store.ts'

const sweepEveryMs = 1_000
const lookAtEpochEveryMs = 10_000
const saveGapsEveryMs = 10_000
const closeWithinMs = 20_000

const configured = () => {
  try {
    const settings = loadConfig(process.env)
    requireProduction(settings)
    return settings
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
const kafka = connectKafka(config, 'archiver', log)
const tracing = config.otlpEndpoint === null ? null : startTracing('archiver', config.otlpEndpoint)
const belonging = openEpoch({ kafka, collections: mongo, store, group: config.consumerGroup })
const stopForeign = (cause: unknown): never => {
  if (!(cause instanceof EpochError)) throw cause
  log.fatal({ reason: cause.message }, 'log, database and object store do not belong together')
  process.exit(1)
}
const epoch = await belonging.settle().catch(stopForeign)
const endWatch = watchEpoch(belonging.looks, lookAtEpochEveryMs, stopForeign)
const ledger = ledgerStore(mongo)
const parked = parkedStore(mongo)
const feeds = feedStore(mongo)
const feedGaps = feedGapsStore(mongo)
const watermarks = watermarkStore(mongo, await kafka.logId())
await seedWatermarks(ledger, watermarks, epoch.log, await kafka.partitions('rawMessages'))
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
const sweeping = setInterval(
  () => sweep().catch((cause: unknown) => log.warn({ cause }, 'feeds not written, retrying')),
  sweepEveryMs,
)
const endWatermarks = keepWatermarks(watermarks, (cause) =>
  log.warn({ cause }, 'watermarks not written, retrying'),
)
const learning = setInterval(
  () => feedGaps.save().catch((cause: unknown) => log.warn({ cause }, 'gaps of feeds not written')),
  saveGapsEveryMs,
)
const fail = closeOnSignal(
  log,
  [
    endWatch,
    archive.close,
    () => clearInterval(sweeping),
    sweep,
    () => consumer.close(),
    endWatermarks,
    () => clearInterval(learning),
    feedGaps.save,
    () => health.close(),
    () => tracing?.close(),
    store.close,
    mongo.close,
  ],
  closeWithinMs,
)

const handle = consume({
  ...{ ledger, parked, feeds, feedGaps, watermarks, archive, store, tracing, log },
  metrics: archiving,
  logNumber: epoch.log,
})
const consumer = await kafka.consumer({
  topics: ['rawMessages', 'parkedMessages'],
  groupId: config.consumerGroup,
  registry,
  commit: 'by-hand',
  gatherMs: config.gatherMs,
  sessionTimeoutMs: config.consumerSessionMs,
  // What was said of parked messages may be read again; archive objects begin where the last ended.
  positionOf: async (topic, partition) =>
    topic === topics.parkedMessages.name ? watermarks.next(topic, partition) : null,
  onBatch: (topic, batch) =>
    topic === 'rawMessages'
      ? handle.rawMessages(batch as ConsumerBatch<'rawMessages'>)
      : handle.parkedMessages(batch as ConsumerBatch<'parkedMessages'>),
  onCrash: (cause) => fail(cause),
  onLag: (topic, partition, lag) => archiving.lag(topics[topic].name, partition, lag),
})

const health = await serveHealth(
  { host: config.host, port: config.healthPort },
  {
    kafka: async () => consumer.joined() && (await kafka.answers()),
    mongodb: mongo.answers,
    s3: store.answers,
    registry: registry.answers,
  },
  metrics,
)
log.info({ healthPort: health.port, group: config.consumerGroup, epoch: epoch.id }, 'archiving')
