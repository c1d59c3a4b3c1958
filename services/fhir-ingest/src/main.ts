import { bearerTokens } from '@tideway/http/bearer-token'
import { exitOnBadConfig } from '@tideway/runtime/config'
import { maxSendBytes } from '@tideway/ingest/take-custody'
import { groupCommit } from '@tideway/ingest/group-commit'
import { serveHealth } from '@tideway/runtime/health'
import { openLog, receivingTopics } from '@tideway/ingest/open-log'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { connectObjectStore } from '@tideway/object-store/client'
import { receiveClock } from '@tideway/ingest/receive-clock'
import { checkTogether, requireProduction } from '@tideway/runtime/production'
import { closeOnSignal } from '@tideway/runtime/shutdown'
import { startTracing } from '@tideway/runtime/tracing'
import { idSeal } from '@tideway/schemas/id-seal'
import { capabilityStatement } from './http/capability.ts'
import { type FhirIngestConfig, loadConfig } from './config.ts'
import { loadMappings } from './load-mappings.ts'
import { followSources } from '@tideway/ingest/follow-sources'
import { loadSourcesInForce, ownersOf } from './load-sources.ts'
import { createHeldBytes } from './http/held-bytes.ts'
import { loadTls } from './http/load-tls.ts'
import { createMeter } from './meter.ts'
import { openReferences } from './references/open-references.ts'
import { openView } from './references/view.ts'
import { buildServer } from './http/server.ts'
import { cooperativeScheduler } from '@tideway/fhir/cooperative-scheduler'

const closeWithinMs = 12_000

const start = async (config: FhirIngestConfig) => {
  const mappings = await loadMappings()
  const { inForce, tls } = checkTogether({
    settings: () => requireProduction(config),
    tls: () => loadTls(config),
    inForce: () => loadSourcesInForce(config.sourcesDir),
  })
  const log = createLog('fhir-ingest', config.logLevel)
  const metrics = createMetrics()
  const tracing = startTracing('fhir-ingest', config.otlpEndpoint)
  const production = config.environment === 'production'

  const store = connectObjectStore(config)
  const tokens = bearerTokens(config)
  await tokens.requireIssuer()
  const { kafka, registry, publisher } = await openLog('fhir-ingest', config, production, log, [
    ...receivingTopics,
    'fhirResources',
  ])

  const commit = groupCommit(publisher.publish, maxSendBytes)
  const held = createHeldBytes()
  const view = openView()
  const meter = createMeter(metrics, commit.depth, held.total, view.waiting)
  let { sources } = inForce
  const publicIds = idSeal(config.publicIdKeys)
  const { maxEntries } = config
  const rules = { mappings, owners: ownersOf(sources), production, publicIds, maxEntries }
  const shared = {
    ...{ rules, publicIds, sources: () => sources, runInSlices: cooperativeScheduler() },
    ...{ commit, store, tracing, meter, log },
  }
  const references = await openReferences({ ...shared, kafka, registry, view })
  const app = await buildServer({
    ...shared,
    base: config.fhirBaseUrl?.replace(/\/$/, '') ?? '/fhir',
    clock: receiveClock(),
    encode: registry.encode,
    references,
    tokens,
    capability: capabilityStatement(config.oidcIssuer, new Set(mappings.keys()), new Date()),
    issuer: config.oidcIssuer,
    tls,
    limits: config,
    held,
  })
  const follower = followSources({
    dir: config.sourcesDir,
    version: inForce.version,
    worker: 0,
    load: () => loadSourcesInForce(config.sourcesDir),
    use: (next) => {
      sources = [...next]
      rules.owners = ownersOf(next)
    },
    metrics,
    log,
  })
  await app.listen({ host: config.host, port: config.fhirPort })
  const checks = { kafka: kafka.answers, registry: registry.answers, issuer: tokens.answers }
  const health = await serveHealth({ host: config.host, port: config.healthPort }, checks, metrics)

  log.info(
    {
      addresses: app.addresses(),
      health: health.port,
      sources: sources.map(({ ods }) => ods),
      sourcesVersion: inForce.version,
      types: mappings.size,
    },
    'listening',
  )
  closeOnSignal(
    log,
    [
      follower.close,
      () => app.close(),
      references.close,
      publisher.close,
      health.close,
      store.close,
      tracing.close,
    ],
    closeWithinMs,
  )
}

try {
  await start(loadConfig(process.env))
} catch (error) {
  exitOnBadConfig(error)
}
