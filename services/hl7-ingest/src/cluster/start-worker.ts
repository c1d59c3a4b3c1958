import type { Source } from '@tideway/schemas/source'
import { openLog } from '@tideway/ingest/open-log'
import type { Log } from '@tideway/runtime/log'
import { createMetrics, type Metrics } from '@tideway/runtime/metrics'
import { connectObjectStore } from '@tideway/object-store/client'
import { startTracing } from '@tideway/runtime/tracing'
import { receiveClock } from '@tideway/ingest/receive-clock'
import type { Hl7IngestConfig } from '../config.ts'
import { createIngest } from '../ingest.ts'
import type { Mappings } from '../normalise/load-mappings.ts'
import { followSources } from '@tideway/ingest/follow-sources'
import { loadSourcesInForce } from '../identify/load-sources.ts'
import { ownPortsOf } from '../identify/provenance.ts'
import { createPortSet } from '../listen/port-set.ts'
import type { MllpServer, TlsFiles } from '../listen/mllp-server.ts'
import { renewTls } from '../listen/renew-tls.ts'

/** Sources, mappings and TLS files, validated. */
export type LoadedConfiguration = {
  sources: readonly Source[]
  /** Number of the applied set of sources; 0 if none was applied. */
  version: number
  mappings: Mappings
  tls: TlsFiles | null
}

/** One of several worker processes: number `slot`, from 0, of `of`. */
export type WorkerSlot = { slot: number; of: number }

export type Listening = {
  ports: Record<string, number>
  /** Ports that source files name. */
  ownPorts: number[]
  sources: string[]
  sourcesVersion: number
  types: number
}

/**
 * Connects to Kafka, the registry and the object store, and listens.
 *
 * @returns health checks, and the steps to close, in order: messages in progress are answered
 *   within 5 s and sockets closed within 7 s
 */
export const start = async (
  config: Hl7IngestConfig,
  { sources, version, mappings, tls }: LoadedConfiguration,
  { slot, of }: WorkerSlot,
  log: Log,
) => {
  const metrics = createMetrics()
  const tracing = startTracing('hl7-ingest', config.otlpEndpoint)
  const production = config.environment === 'production'

  const store = connectObjectStore(config)
  const { kafka, registry, publisher } = await openLog('hl7-ingest', config, production, log)

  const { host, maxMessageBytes, idleFrameMs, connectionsPerAddress } = config
  const limits = {
    maxMessageBytes,
    idleFrameMs,
    pace: {
      deadlineMs: config.frameDeadlineMs,
      minBytesPerSecond: config.minFrameBytesPerSecond,
    },
    connectionsPerAddress,
    maxInFlightBytes: Math.ceil(config.maxInFlightBytes / of),
  }
  const clock = receiveClock(Date.now, { slot, of })
  const ingest = createIngest({
    sources,
    mappings,
    production,
    limits,
    clock,
    publisher,
    store,
    encode: registry.encode,
    tracing,
    metrics,
    log,
  })
  const servers: MllpServer[] = []
  if (config.mllpPort !== null)
    servers.push(
      await ingest.listenForSources({ name: 'mllp', host, port: config.mllpPort, tls: null }),
    )
  const ownPorts = createPortSet((port) =>
    ingest.listenForSources({ name: 'source', host, port, tls: null }),
  )
  const useSources = async (next: readonly Source[]): Promise<void> => {
    await ownPorts.set(ownPortsOf(next, config))
    ingest.useSources(next)
  }
  await useSources(sources)
  const follower = followSources({
    dir: config.sourcesDir,
    version,
    worker: slot,
    load: () => loadSourcesInForce(config.sourcesDir, mappings, config, production),
    use: useSources,
    metrics,
    log,
  })
  let renew = () => log.info('no TLS port, nothing to renew')
  process.on('SIGHUP', () => renew())
  if (config.mllpTlsPort !== null) {
    const mllps = await ingest.listenForSources({
      name: 'mllps',
      host,
      port: config.mllpTlsPort,
      tls,
    })
    renew = () => renewTls(config, mllps, log)
    servers.push(mllps)
  }
  if (config.mllpSandboxPort !== null)
    servers.push(
      await ingest.listenForAnyone({
        name: 'sandbox',
        host,
        port: config.mllpSandboxPort,
        tls: null,
      }),
    )

  const listening: Listening = {
    ports: Object.fromEntries(servers.map(({ name, port }) => [name, port])),
    ownPorts: ownPorts.ports(),
    sources: sources.map(({ ods }) => ods),
    sourcesVersion: version,
    types: mappings.types.size,
  }
  return {
    listening,
    metrics: metrics as Metrics,
    checks: { kafka: kafka.answers, registry: registry.answers },
    steps: [
      follower.close,
      () => Promise.all([ownPorts.close(), ...servers.map((server) => server.close())]),
      publisher.close,
      store.close,
      tracing.close,
    ],
  }
}
