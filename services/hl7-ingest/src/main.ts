import { exitOnBadConfig } from '@tideway/shared/config'
import { serveHealth } from '@tideway/shared/health'
import { connectKafka } from '@tideway/shared/kafka'
import { createLog } from '@tideway/shared/log'
import { createMetrics } from '@tideway/shared/metrics'
import { connectObjectStore } from '@tideway/shared/object-store'
import { connectRegistry } from '@tideway/shared/registry'
import { closeOnSignal } from '@tideway/shared/shutdown'
import { startTracing } from '@tideway/shared/tracing'
import { type Config, loadConfig } from './config.ts'
import { createIngest } from './ingest.ts'
import { loadMappings } from './load-mappings.ts'
import { loadSources } from './load-sources.ts'
import { loadTls } from './load-tls.ts'
import { renewTls } from './renew-tls.ts'

const writes = ['rawMessages', 'patientEvents', 'parkedMessages'] as const
/** Everything under way is answered in 5 s and sockets are gone in 7. */
const closeWithinMs = 12_000

const start = async (config: Config) => {
  const mappings = await loadMappings()
  const sources = loadSources(config.sourcesDir, new Set(mappings.fixes.keys()))
  const tls = config.mllpTlsPort === null ? null : loadTls(config)
  const log = createLog('hl7-ingest', config.logLevel)
  const metrics = createMetrics()
  const tracing = startTracing('hl7-ingest', config.otlpEndpoint)
  const production = config.environment === 'production'

  const kafka = connectKafka(config.kafkaBrokers, 'hl7-ingest', log)
  const registry = connectRegistry(config.schemaRegistryUrl)
  const store = connectObjectStore(config)
  await registry.register(writes)
  await kafka.requireDurable(writes, production)
  const publisher = await kafka.publisher()

  const { host, maxMessageBytes, idleFrameMs, maxInFlightBytes } = config
  const limits = { maxMessageBytes, idleFrameMs, maxInFlightBytes }
  const ingest = createIngest({ sources, mappings, production, limits, publisher, store, encode: registry.encode, tracing, metrics, log })
  const servers = [await ingest.listenForSources({ name: 'mllp', host, port: config.mllpPort, tls: null })]
  let renew = () => log.info('no TLS port, nothing to renew')
  process.on('SIGHUP', () => renew())
  if (config.mllpTlsPort !== null) {
    const mllps = await ingest.listenForSources({ name: 'mllps', host, port: config.mllpTlsPort, tls })
    renew = () => renewTls(config, mllps, log)
    servers.push(mllps)
  }
  if (config.mllpSandboxPort !== null) servers.push(await ingest.listenForAnyone({ name: 'sandbox', host, port: config.mllpSandboxPort, tls: null }))
  const health = await serveHealth({ host, port: config.healthPort }, { kafka: kafka.answers, registry: registry.answers }, metrics)

  const ports = Object.fromEntries(servers.map(({ name, port }) => [name, port]))
  log.info({ ports, health: health.port, sources: sources.map(({ ods }) => ods), types: mappings.types.size }, 'listening')
  const closeServers = () => Promise.all(servers.map((server) => server.close()))
  closeOnSignal(log, [closeServers, publisher.close, health.close, store.close, tracing.close], closeWithinMs)
}

try {
  await start(loadConfig(process.env))
} catch (error) {
  exitOnBadConfig(error)
}
