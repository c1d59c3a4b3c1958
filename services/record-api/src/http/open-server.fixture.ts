import { storedIds } from '../chart/stored-ids.fixture.ts'
import { randomUUID } from 'node:crypto'
import { allCaughtUp } from '../completeness/caught-up.fixture.ts'
import type { LineView } from '../completeness/line-view.ts'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { connectMongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import { startTracing } from '@tideway/runtime/tracing'
import { bearerAuthentication } from './authenticate.ts'
import { requestMetrics } from './request-metrics.ts'
import { buildServer } from './server.ts'
import { type ChartSources, chartsOf } from '../chart/open-chart.ts'
import { recordStore } from '../chart/store.ts'
import { stewardStore } from '../identity/identity-store.ts'
import { stewardship, type StewardshipPorts } from '../identity/stewardship.ts'
import { ledgerStore } from '../ledger/ledger-store.ts'
import { openLedger } from '../ledger/open-ledger.ts'

export type TestAddresses = { mongodbUrl: string; issuer: string }

/**
 * The service as it is, on a database of its own in the real store, with tokens of the real issuer.
 */
export const openServer = async (
  { mongodbUrl, issuer }: TestAddresses,
  names: ReadonlyMap<string, string> = new Map(),
  archive: ReadonlyMap<string, Buffer> = new Map(),
  line: () => LineView = () => allCaughtUp(Date.now()),
  ids: ChartSources['ids'] = storedIds,
  publish: StewardshipPorts['publish'] = async () => undefined,
) => {
  const mongo = await connectMongo(mongodbUrl, `record-api-${randomUUID().slice(0, 8)}`)
  await ensureIndexes(mongo)
  const store = recordStore(mongo)
  const messages = ledgerStore(mongo)
  const authentication = bearerAuthentication({
    environment: 'development',
    oidcIssuer: issuer,
    oidcAudience: 'tideway',
    oidcClockSkewSeconds: 5,
  })
  const metrics = createMetrics()
  const app = await buildServer({
    services: {
      charts: chartsOf({
        store,
        archive: { get: async (key) => archive.get(key) ?? null },
        line: () => line(),
        habitsOf: () => ({ gaps: null, planned: [] }),
        ids,
      }),
      stewardship: stewardship({
        store: async () => stewardStore(mongo),
        ids,
        publish: async (decision) => publish(decision),
      }),
      ledger: (subject) => openLedger(messages, subject),
      names,
      now: () => new Date(),
    },
    authentication,
    checks: { mongodb: store.answers, issuer: authentication.answers },
    tls: null,
    issuer,
    log: createLog('record-api', 'error'),
    metrics: requestMetrics(metrics),
    tracing: startTracing('record-api', null),
  })

  const call = async (token: string | null, method: 'GET' | 'POST', url: string, body?: object) => {
    const answer = await app.inject({
      method,
      url,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { payload: body }),
    })
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
  }
  const close = async () => {
    await app.close()
    await mongo.drop()
    await mongo.close()
  }
  return { app, mongo, store, metrics, call, close }
}

/** A token as `npm run token` prints one. */
export const tokenOf = async (
  issuer: string,
  role: string,
  organisation: string,
): Promise<string> => {
  const form = {
    grant_type: 'client_credentials',
    client_id: role,
    client_secret: 'tideway-local',
    organisation,
  }
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  return ((await response.json()) as { access_token: string }).access_token
}
