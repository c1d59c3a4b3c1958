import { exitOnBadConfig } from '@tideway/runtime/config'
import { serveHealth } from '@tideway/runtime/health'
import { connectKafka } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { connectMongo } from '@tideway/mongo/client'
import { requireOwnLog } from '@tideway/mongo/require-own-log'
import { keepWatermarks } from '@tideway/mongo/keep-watermarks'
import { watermarkStore } from '@tideway/mongo/watermark-store'
import { connectRegistry } from '@tideway/kafka/registry'
import { idSeal } from '@tideway/schemas/id-seal'
import { closeOnSignal } from '@tideway/runtime/shutdown'
import { startTracing } from '@tideway/runtime/tracing'
import { loadConfig } from './config.ts'
import { projectorMetrics } from './consume/observe.ts'
import { announcer, written } from './consume/publish.ts'
import { followLive } from './generation/follow-live.ts'
import { openGeneration } from './generation/open-generation.ts'
import { rulesVersion } from './rules-version.ts'

const closeWithinMs = 20_000
const lookEveryMs = 500
const stoppedAfterMs = 20_000

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
const registry = connectRegistry(config.schemaRegistryUrl)
await registry.register(written)
const kafka = connectKafka(config, 'projector', log)
const publisher = await kafka.publisher()
const watermarks = watermarkStore(mongo, await kafka.logId())
const announce = announcer(publisher, registry, idSeal(config.publicIdKeys))
const rules = rulesVersion()

const endWatch = await requireOwnLog(mongo, kafka, config.consumerGroup, (cause) => {
  log.fatal({ reason: cause.message }, 'the database does not belong to the log')
  process.exit(1)
})

const endWatermarks = keepWatermarks(watermarks, (cause) =>
  log.warn({ cause }, 'watermarks not written, retrying'),
)
const fail = closeOnSignal(
  log,
  [
    endWatch,
    () => live.close(),
    endWatermarks,
    () => publisher.close(),
    () => health.close(),
    () => tracing.close(),
    () => mongo.close(),
  ],
  closeWithinMs,
)
const live = await followLive({
  generations: mongo.generations,
  open: (generation) =>
    openGeneration(generation, {
      mongo,
      kafka,
      registry,
      publisher,
      announce,
      watermarks,
      group: config.consumerGroup,
      rules,
      gatherMs: config.gatherMs,
      metrics: projecting,
      tracing,
      log,
      onCrash: (cause) => fail(cause),
    }),
  log,
  lookEveryMs,
  stoppedAfterMs,
})
const health = await serveHealth(
  { host: config.host, port: config.healthPort },
  {
    kafka: async () => live.ready() && (await kafka.answers()),
    mongodb: mongo.answers,
    registry: registry.answers,
  },
  metrics,
)
log.info({ healthPort: health.port, group: config.consumerGroup, rules }, 'projecting')
