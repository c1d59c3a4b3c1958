import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { startTracing } from '@tideway/runtime/tracing'
import type { TSchema } from 'typebox'
import { ApiError } from '../errors.ts'
import type { RegisteredRoute } from './methods-at.ts'
import { requestMetrics } from './request-metrics.ts'
import { buildServer } from './server.ts'

export type DescribedRoute = RegisteredRoute & {
  schema: {
    operationId: string
    hide?: boolean
    security?: unknown[]
    params?: TSchema
    querystring?: TSchema
    body?: TSchema
    response: Record<
      number,
      { content?: Record<string, { schema: TSchema; example?: unknown }> } | undefined
    >
  }
}

/** The server without anything behind it, for what it says of itself. */
export const describedServer = async () => {
  const app = await buildServer({
    services: {},
    authentication: {
      subject: async () => {
        throw new ApiError('UNAUTHENTICATED')
      },
    },
    checks: {},
    tls: null,
    issuer: 'https://issuer.example',
    log: createLog('record-api', 'error'),
    metrics: requestMetrics(createMetrics()),
    tracing: startTracing('record-api', null),
  } as unknown as Parameters<typeof buildServer>[0])
  await app.ready()
  return app
}

/** Every route that is part of the interface: without the document itself and its page. */
export const describedRoutes = async (): Promise<DescribedRoute[]> => {
  const app = await describedServer()
  await app.close()
  const routes = app.registered as DescribedRoute[]
  return routes.filter(({ url, schema }) => schema?.hide !== true && !url.startsWith('/docs'))
}

/** What an operation answers, by its id. */
export const answerOf = (routes: readonly DescribedRoute[], operationId: string) => {
  const found = routes.find(({ schema }) => schema.operationId === operationId)
  const answer = found?.schema.response[200]?.content?.['application/json']
  if (answer === undefined) throw new Error(`no operation ${operationId}`)
  return answer
}
