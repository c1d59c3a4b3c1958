import { groupCommit } from '@tideway/ingest/group-commit'
import type { Outgoing } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { receiveClock } from '@tideway/ingest/receive-clock'
import { startTracing } from '@tideway/runtime/tracing'
import type { FastifyInstance } from 'fastify'
import { createMeter } from '../meter.ts'
import { encoder, publicIds, rules, sources } from '../sender.fixture.ts'
import type { ResourceKnown } from '@tideway/schemas/events.generated'
import { resourcesRecord } from '../references/records.ts'
import { createReferences } from '../references/references.ts'
import { openView } from '../references/view.ts'
import { createHeldBytes } from './held-bytes.ts'
import { buildServer, type FhirServerPorts } from './server.ts'
import { cooperativeScheduler } from '@tideway/fhir/cooperative-scheduler'

/** A server with test sources and small limits. @param known  what client-x99 has sent before */
export const testServer = (
  publish: (records: readonly Outgoing[]) => Promise<void>,
  tokens: FhirServerPorts['tokens'],
  more: Partial<FhirServerPorts> = {},
  known: readonly ResourceKnown[] = [],
) => {
  const commit = groupCommit<Outgoing>((records) => publish(records), 1_000_000)
  const shared = {
    rules: { ...rules, maxEntries: 100 },
    encode: encoder,
    publicIds,
    runInSlices: cooperativeScheduler(),
    commit,
    store: { putNew: async () => true, get: async () => null },
    tracing: startTracing('test', null),
    meter: createMeter(createMetrics(), commit.depth, () => 0),
    log: createLog('test', 'fatal'),
    sources: () => sources,
  }
  const view = openView()
  if (known.length > 0) {
    const { key, record } = resourcesRecord({ source: 'X99', client: 'client-x99' }, known)
    view.note(key, record)
  }
  const references = createReferences({ ...shared, view, caughtUp: async () => true })
  return buildServer({
    ...shared,
    base: '/fhir',
    clock: receiveClock(),
    references,
    tokens,
    capability: { resourceType: 'CapabilityStatement', status: 'active' },
    issuer: 'https://issuer.example',
    tls: null,
    limits: { maxBodyBytes: 100_000, maxInFlightBytes: 1_000_000, requestsPerMinute: 50 },
    held: createHeldBytes(),
    ...more,
  })
}

export type Headers = Record<string, string>
type Outcome = {
  resourceType: string
  issue?: {
    severity: string
    code?: string
    diagnostics?: string
    details?: { coding: { code: string }[] }
    expression?: string[]
  }[]
}

/** Code and place of each error of an OperationOutcome. */
export const faultsIn = (json: Outcome | null): [string | undefined, string | null][] =>
  (json?.issue ?? [])
    .filter(({ severity }) => severity === 'error')
    .map(({ details, expression }) => [details?.coding[0]?.code, expression?.[0] ?? null])

/** Sends as a client of X99, and reads the answer. */
export const callerOf =
  (app: () => FastifyInstance) =>
  async (
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body: object | string | Buffer,
    headers: Headers = {},
  ) => {
    const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
    const answer = await app().inject({
      method,
      url,
      payload,
      headers: {
        authorization: 'Bearer client-x99',
        'content-type': 'application/fhir+json',
        accept: 'application/fhir+json',
        ...headers,
      },
    })
    const json = answer.body.startsWith('{') ? answer.json() : null
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      json,
      faults: faultsIn(json),
    }
  }
