import { groupCommit } from '@tideway/ingest/group-commit'
import type { Outgoing } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { receiveClock } from '@tideway/ingest/receive-clock'
import { startTracing } from '@tideway/runtime/tracing'
import type { FastifyInstance } from 'fastify'
import { createMeter } from '../meter.ts'
import { encoder, rules, sources } from '../sender.fixture.ts'
import { buildServer, type FhirServerPorts } from './server.ts'
import { cooperativeScheduler } from '@tideway/fhir/cooperative-scheduler'

/** A server with test sources and small limits. */
export const testServer = (
  publish: (records: readonly Outgoing[]) => Promise<void>,
  tokens: FhirServerPorts['tokens'],
  more: Partial<FhirServerPorts> = {},
) => {
  const commit = groupCommit<Outgoing>((records) => publish(records), 1_000_000)
  return buildServer({
    rules: { ...rules, maxEntries: 100 },
    base: '/fhir',
    clock: receiveClock(),
    encode: encoder,
    runInSlices: cooperativeScheduler(),
    findResource: async () => null,
    commit,
    store: { putNew: async () => true },
    tracing: startTracing('test', null),
    meter: createMeter(createMetrics(), commit.depth, () => 0),
    log: createLog('test', 'fatal'),
    sources,
    tokens,
    capability: { resourceType: 'CapabilityStatement', status: 'active' },
    issuer: 'https://issuer.example',
    tls: null,
    limits: { maxBodyBytes: 100_000, maxInFlightBytes: 1_000_000, requestsPerMinute: 50 },
    held: { bytes: 0 },
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
