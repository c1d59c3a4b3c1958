import { exitOnBadConfig } from '@tideway/runtime/config'
import { serveHealth } from '@tideway/runtime/health'
import { connectKafka } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { connectMongo } from '@tideway/mongo/client'
import { watermarkStore } from '@tideway/mongo/watermark-store'
import { ensureIndexes } from '@tideway/mongo/indexes'
import { connectRegistry } from '@tideway/kafka/registry'
import { closeOnSignal } from '@tideway/runtime/shutdown'
import { startTracing } from '@tideway/runtime/tracing'
import { topics } from '@tideway/schemas/topics'
import { loadConfig } from './config.ts'
import { consume, type ReachedRecords } from './consume/consume.ts'
import { folds } from './apply/apply-events.ts'
import { batchedStore } from './store/batched-store.ts'
import { projectorMetrics } from './consume/observe.ts'
import { announcer, releaseHeld, written } from './consume/publish.ts'
import { heldEventDecoder } from './apply/arrival.ts'
import { cachedStore } from './store/cached-store.ts'
import { projectorStore } from './store/store.ts'

const closeWithinMs = 20_000
/** A record is in the watermark so long after it is applied, at most. */
const saveWatermarksEveryMs = 200

const configured = () => {
  try {
    return loadConfig(process.env)
  } catch (error) {
    return exitOnBadConfig(error)
  }
}

const config = configured()
const log = createLog('projector', config.logLevel)
const metrics = createMetrics()
const projecting = projectorMetrics(metrics)
const tracing = startTracing('projector', config.otlpEndpoint)
const mongo = await connectMongo(config.mongodbUrl, config.mongodbDatabase)
await ensureIndexes(mongo)
const store = cachedStore(projectorStore(mongo))
const registry = connectRegistry(config.schemaRegistryUrl)
await registry.register(written)
const kafka = connectKafka(config.kafkaBrokers, 'projector', log)
const publisher = await kafka.publisher()
const watermarks = watermarkStore(mongo, await kafka.logId())
const announce = announcer(publisher, registry)

// A newer release may be able to apply held events: every start retries them, whichever process
// reads the partition.
const heldPatients = await store.heldPatients()
projecting.held.set(heldPatients.length)
await releaseHeld(heldPatients, publisher, registry, Date.now() * 1000)

const ports = {
  store: batchedStore(store),
  folds,
  decode: heldEventDecoder(registry),
  publish: announce,
  now: Date.now,
  onLostRaces: (count: number) => projecting.lostRaces.inc(count),
  reached: (partition: number, records: ReachedRecords) =>
    watermarks.note(topics.patientEvents.name, partition, records),
}
const saving = setInterval(
  () =>
    watermarks
      .save()
      .catch((cause: unknown) => log.warn({ cause }, 'watermarks not written, retrying')),
  saveWatermarksEveryMs,
)
const apply = consume(ports, store.clear, tracing, projecting, log)
const fail = closeOnSignal(
  log,
  [
    () => consumer.close(),
    () => clearInterval(saving),
    watermarks.save,
    () => publisher.close(),
    () => health.close(),
    () => tracing.close(),
    () => mongo.close(),
  ],
  closeWithinMs,
)
const consumer = await kafka.consumer({
  topics: ['patientEvents'],
  groupId: config.consumerGroup,
  registry,
  gatherMs: config.gatherMs,
  positionOf: watermarks.next,
  onBatch: (_, batch) => apply(batch),
  onCrash: (cause) => fail(cause),
  onLag: (_, partition, lag) => projecting.lag.set({ partition: String(partition) }, lag),
})
const health = await serveHealth(
  { host: config.host, port: config.healthPort },
  {
    kafka: async () => consumer.joined() && (await kafka.answers()),
    mongodb: mongo.answers,
    registry: registry.answers,
  },
  metrics,
)
log.info(
  { healthPort: health.port, group: config.consumerGroup, heldPatients: heldPatients.length },
  'projecting',
)
