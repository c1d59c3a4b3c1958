import { connectKafka } from '@tideway/kafka/client'
import { connectRegistry } from '@tideway/kafka/registry'
import { connectMongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import { keepWatermarks } from '@tideway/mongo/keep-watermarks'
import { requireOwnLog } from '@tideway/mongo/require-own-log'
import { watermarkStore } from '@tideway/mongo/watermark-store'
import { exitOnBadConfig } from '@tideway/runtime/config'
import { serveHealth } from '@tideway/runtime/health'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { closeOnSignal } from '@tideway/runtime/shutdown'
import { startTracing } from '@tideway/runtime/tracing'
import { idSeal } from '@tideway/schemas/id-seal'
import { loadConfig } from './config.ts'
import { openIdentity } from './consume/open-identity.ts'
import { personPublisher } from './consume/publish.ts'
import { identityMetrics } from './metrics.ts'

const closeWithinMs = 20_000

const configured = () => {
  try {
    return loadConfig(process.env)
  } catch (error) {
    return exitOnBadConfig(error)
  }
}

const config = configured()
const log = createLog('identity', config.logLevel)
const metrics = createMetrics()
const tracing = startTracing('identity', config.otlpEndpoint)
const mongo = await connectMongo(config.mongodbUrl, config.mongodbDatabase)
const registry = connectRegistry(config.schemaRegistryUrl)
await registry.register(['personEvents'])
const kafka = connectKafka(config, 'identity', log)
const publisher = await kafka.publisher()

const endWatch = await requireOwnLog(mongo, kafka, config.consumerGroup, (cause) => {
  log.fatal({ reason: cause.message }, 'the database does not belong to the log')
  process.exit(1)
})

await ensureIndexes(mongo)
const watermarks = watermarkStore(mongo, await kafka.logId())
const endWatermarks = keepWatermarks(watermarks, (cause) =>
  log.warn({ cause }, 'watermarks not written, retrying'),
)
const fail = closeOnSignal(
  log,
  [
    endWatch,
    () => identity.close(),
    endWatermarks,
    () => publisher.close(),
    () => health.close(),
    () => tracing.close(),
    () => mongo.close(),
  ],
  closeWithinMs,
)
const identity = openIdentity({
  mongo,
  kafka,
  registry,
  publish: personPublisher(publisher, registry, idSeal(config.publicIdKeys)),
  watermarks,
  group: config.consumerGroup,
  gatherMs: config.gatherMs,
  metrics: identityMetrics(metrics),
  tracing,
  log,
  onCrash: (cause) => fail(cause),
})
const health = await serveHealth(
  { host: config.host, port: config.healthPort },
  {
    kafka: async () => identity.ready() && (await kafka.answers()),
    mongodb: mongo.answers,
    registry: registry.answers,
  },
  metrics,
)
log.info({ healthPort: health.port, group: config.consumerGroup }, 'identifying')
