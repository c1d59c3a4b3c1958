import type { Checks } from '@tideway/runtime/health'
import type { Log } from '@tideway/runtime/log'
import type { Tracing } from '@tideway/runtime/tracing'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Subject } from '../chart/access.ts'
import type { Authentication } from './authenticate.ts'
import { ApiError, asApiError, errors, problemOf } from '../errors.ts'
import { methodsAt } from './methods-at.ts'
import { permits } from './permissions.ts'
import type { RequestMetrics } from './request-metrics.ts'
import { publicPages } from './public-routes.ts'
import { readPurpose } from '../requests/purpose-request.ts'
import { type Route, routes, type Services } from './clinical-routes.ts'

export type ServerPorts = {
  services: Services
  authentication: Authentication
  checks: Checks
  issuer: string
  log: Log
  metrics: RequestMetrics
  tracing: Tracing
}

declare module 'fastify' {
  interface FastifyRequest {
    subject: Subject | null
  }
}

const bodyLimitBytes = 16_384
const unmatched = 'unmatched'

/** Nothing here may be kept by a browser or a proxy, shown in a frame, or named to another site. */
const safely = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

const patternOf = (path: string) => path.replace(/\{(\w+)\}/g, ':$1')

const send = (reply: FastifyReply, error: ApiError) =>
  reply
    .code(errors[error.code].status)
    .headers(error.headers)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(error)))

/** Browsers name HTML first; who names JSON, or anything, gets JSON. */
const wantsPage = (accept: string | undefined): boolean =>
  /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(accept ?? '')

const serve = (app: FastifyInstance, route: Route, { services, authentication }: ServerPorts) =>
  app.route({
    method: route.method,
    url: patternOf(route.path),
    // Before the body is read: who may not ask is not listened to.
    onRequest: async (request) => {
      request.subject = await authentication.subject(request.headers.authorization)
      if (!permits(request.subject.role, route.permission)) throw new ApiError('NOT_PERMITTED')
    },
    handler: async (request, reply) => {
      const { params, query, body, subject } = request
      const answer = await route.handle(services, {
        params: params as Record<string, string>,
        query: query as Record<string, unknown>,
        body,
        subject: subject as Subject,
        purpose: readPurpose(query as Record<string, unknown>),
      })
      if (route.page === undefined || !wantsPage(request.headers.accept)) return answer
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', route.page.policy)
        .send(route.page.html(answer as never))
    },
  })

/** The pattern, never the address itself: an address holds ids. */
const told = (request: FastifyRequest, reply: FastifyReply) => ({
  route: request.routeOptions.url ?? unmatched,
  method: request.method,
  status: reply.statusCode,
  ms: Math.round(reply.elapsedTime),
  role: request.subject?.role ?? null,
  organisation: request.subject?.organisation ?? null,
})

/** The HTTP server, not yet listening. */
export const buildServer = async (ports: ServerPorts): Promise<FastifyInstance> => {
  const { log, metrics, tracing } = ports
  const app = Fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 128 },
  })
  app.setSerializerCompiler(() => JSON.stringify)
  app.decorateRequest('subject', null)
  app.addHook('onRequest', async (_request, reply) => void reply.headers(safely))
  app.addHook('onRequest', (request, reply, done) => {
    const parent = request.headers['traceparent']
    const span = tracing.span(
      `${request.method} ${request.routeOptions.url ?? unmatched}`,
      typeof parent === 'string' ? parent : null,
    )
    reply.raw.once('close', () =>
      span.end(reply.statusCode >= 500 ? String(reply.statusCode) : undefined),
    )
    done()
  })
  app.addHook('onResponse', async (request, reply) => {
    const line = told(request, reply)
    metrics.answered(line, reply.elapsedTime / 1000)
    // Who watches our health asks every second: that is no news.
    log[line.role === null && line.status < 400 ? 'debug' : 'info'](line, 'answered')
  })
  app.setErrorHandler((error, request, reply) => {
    const refusal = asApiError(error)
    if (errors[refusal.code].status >= 500)
      log.error(
        { route: request.routeOptions.url ?? unmatched, code: refusal.code, cause: refusal.cause },
        'failed',
      )
    return send(reply, refusal)
  })
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsAt(request.url)
    return send(
      reply,
      allowed.length === 0
        ? new ApiError('NO_SUCH_ROUTE')
        : new ApiError('METHOD_NOT_ALLOWED', { headers: { allow: allowed.join(', ') } }),
    )
  })
  for (const route of routes) serve(app, route, ports)
  await publicPages(app, ports.checks, ports.issuer)
  return app
}
