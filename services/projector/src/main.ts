import { exitOnBadConfig } from '@tideway/shared/config'
import { serveHealth } from '@tideway/shared/health'
import { connectKafka } from '@tideway/shared/kafka'
import { createLog } from '@tideway/shared/log'
import { createMetrics } from '@tideway/shared/metrics'
import { connectMongo, ensureIndexes } from '@tideway/shared/mongo'
import { connectRegistry } from '@tideway/shared/registry'
import { closeOnSignal } from '@tideway/shared/shutdown'
import { startTracing } from '@tideway/shared/tracing'
import { loadConfig } from './config.ts'
import { consume } from './consume.ts'
import { folds } from './course.ts'
import { gatheringStore } from './gather.ts'
import { projectorMetrics } from './observe.ts'
import { announcer, releaseAll, written } from './publish.ts'
import { heldReader } from './read-held.ts'
import { rememberingStore } from './remembering.ts'
import { projectorStore } from './store.ts'

const closeWithinMs = 20_000

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
const store = rememberingStore(projectorStore(mongo))
const registry = connectRegistry(config.schemaRegistryUrl)
await registry.register(written)
const kafka = connectKafka(config.kafkaBrokers, 'projector', log)
const publisher = await kafka.publisher()
const announce = announcer(publisher, registry)

/** What could not be applied may be after a release of ours: every start tries it again, whoever reads the partition. */
const heldPatients = await store.heldPatients()
projecting.held.set(heldPatients.length)
await releaseAll(heldPatients, publisher, registry, Date.now() * 1000)

const ports = {
  store: gatheringStore(store),
  folds,
  decode: heldReader(registry),
  publish: announce,
  now: Date.now,
  onLostRaces: (count: number) => projecting.lostRaces.inc(count),
}
const apply = consume(ports, store.forget, tracing, projecting, log)
const fail = closeOnSignal(log, [() => consumer.close(), () => publisher.close(), () => health.close(), () => tracing.close(), () => mongo.close()], closeWithinMs)
const consumer = await kafka.consumer({
  topics: ['patientEvents'],
  groupId: config.consumerGroup,
  registry,
  gatherMs: config.gatherMs,
  onBatch: (_, batch) => apply(batch),
  onCrash: (cause) => fail(cause),
  onLag: (_, partition, lag) => projecting.lag.set({ partition: String(partition) }, lag),
})
const health = await serveHealth(
  { host: config.host, port: config.healthPort },
  { kafka: async () => consumer.joined() && (await kafka.answers()), mongodb: mongo.answers, registry: registry.answers },
  metrics,
)
log.info({ healthPort: health.port, group: config.consumerGroup, heldPatients: heldPatients.length }, 'projecting')
