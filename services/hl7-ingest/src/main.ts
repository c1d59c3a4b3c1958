import cluster from 'node:cluster'
import { availableParallelism } from 'node:os'
import { exitOnBadConfig } from '@tideway/runtime/config'
import { serveHealth } from '@tideway/runtime/health'
import { connectKafka } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { checkTogether, requireProduction } from '@tideway/runtime/production'
import { connectRegistry } from '@tideway/kafka/registry'
import { closeOnSignal, closing } from '@tideway/runtime/shutdown'
import { type Hl7IngestConfig, loadConfig } from './config.ts'
import { reportCounts } from './cluster/collect-metrics.ts'
import { runPrimary, slotVariable } from './cluster/cluster-primary.ts'
import { loadMappings } from './normalise/load-mappings.ts'
import { loadSourcesInForce } from './identify/load-sources.ts'
import { loadTls } from './listen/load-tls.ts'
import { type LoadedConfiguration, start } from './cluster/start-worker.ts'

const closeWithinMs = 12_000
/**
 * Default limit of workers: more would use too much memory and put fewer messages into each produce
 * request. INGEST_WORKERS overrides it.
 */
const mostByDefault = 4

const load = async (config: Hl7IngestConfig): Promise<LoadedConfiguration> => {
  const mappings = await loadMappings()
  const production = config.environment === 'production'
  const { inForce, tls } = checkTogether({
    settings: () => requireProduction(config),
    tls: () => (config.mllpTlsPort === null ? null : loadTls(config)),
    inForce: () => loadSourcesInForce(config.sourcesDir, mappings, config, production),
  })
  return { mappings, tls, ...inForce }
}

try {
  const config = loadConfig(process.env)
  const loaded = await load(config)
  const log = createLog('hl7-ingest', config.logLevel)
  const workers =
    config.workers === 0 ? Math.min(mostByDefault, availableParallelism()) : config.workers
  const address = { host: config.host, port: config.healthPort }
  if (cluster.isWorker) {
    const { listening, metrics, steps } = await start(
      config,
      loaded,
      { slot: Number(process.env[slotVariable]), of: workers },
      log,
    )
    reportCounts(metrics)
    const close = closing(log, steps, closeWithinMs)
    // Signals to the process group are handled by the primary.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined)
    process.on('message', (message: { close?: true }) => message.close && close(0))
    process.send?.({ listening })
  } else if (workers > 1) {
    const kafka = connectKafka(config, 'hl7-ingest', log)
    const registry = connectRegistry(config.schemaRegistryUrl)
    await runPrimary(
      workers,
      address,
      { kafka: kafka.answers, registry: registry.answers },
      closeWithinMs + 1_000,
      log,
    )
  } else {
    const { listening, metrics, checks, steps } = await start(
      config,
      loaded,
      { slot: 0, of: 1 },
      log,
    )
    const health = await serveHealth(address, checks, metrics)
    closeOnSignal(log, [...steps, health.close], closeWithinMs)
    log.info({ ...listening, health: health.port, workers }, 'listening')
  }
} catch (error) {
  exitOnBadConfig(error)
}
