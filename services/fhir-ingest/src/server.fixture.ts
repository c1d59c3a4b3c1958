import { groupCommit } from '@tideway/shared/group-commit'
import type { Outgoing } from '@tideway/shared/kafka'
import { createLog } from '@tideway/shared/log'
import { createMetrics } from '@tideway/shared/metrics'
import { receiveClock } from '@tideway/shared/receive-clock'
import { startTracing } from '@tideway/shared/tracing'
import { createMeter } from './meter.ts'
import { openApi } from './openapi.ts'
import { encoder, rules, sources } from './sender.fixture.ts'
import { buildServer, type ServerPorts } from './server.ts'
import { takeTurns } from './steps.ts'

/** A server of the test's own sources, with small limits. */
export const testServer = (publish: (records: readonly Outgoing[]) => Promise<void>, tokens: ServerPorts['tokens'], more: Partial<ServerPorts> = {}) => {
  const commit = groupCommit<Outgoing>((records) => publish(records), 1_000_000)
  return buildServer({
    rules: { ...rules, maxEntries: 100 },
    base: '/fhir',
    clock: receiveClock(),
    encode: encoder,
    inTurns: takeTurns(),
    commit,
    store: { putNew: async () => true },
    tracing: startTracing('test', null),
    meter: createMeter(createMetrics(), commit.depth, () => 0),
    log: createLog('test', 'fatal'),
    sources,
    tokens,
    capability: { resourceType: 'CapabilityStatement', status: 'active' },
    openApi: openApi('https://issuer.example', [...rules.mappings.keys()]),
    tls: null,
    limits: { maxBodyBytes: 100_000, maxInFlightBytes: 1_000_000, requestsPerMinute: 50 },
    held: { bytes: 0 },
    ...more,
  })
}
