import { earlyAnswers } from '@tideway/http/early-answers'
import { registerOpenApi, type TypedServer } from '@tideway/http/register-openapi'
import type { ServerTls } from '@tideway/http/server-tls'
import type { Checks } from '@tideway/runtime/health'
import type { Log } from '@tideway/runtime/log'
import type { Tracing } from '@tideway/runtime/tracing'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Subject } from '../chart/access.ts'
import { ApiError, errors, problemOf } from '../errors.ts'
import { asApiError } from './as-api-error.ts'
import type { Authentication } from './authenticate.ts'
import { type ClinicalServices, clinicalRoutes } from './clinical-routes.ts'
import { registerFormats } from './formats.ts'
import { type IdentityServices, identityRoutes } from './identity-routes.ts'
import { type LedgerServices, ledgerRoutes } from './ledger-routes.ts'
import { methodsAt, type RegisteredRoute } from './methods-at.ts'
import { openApiOptions } from './openapi-options.ts'
import { type ApiPermission, permits } from './permissions.ts'
import { publicRoutes } from './public-routes.ts'
import type { RequestMetrics } from './request-metrics.ts'

export type RecordServerPorts = {
  services: ClinicalServices & LedgerServices & IdentityServices
  authentication: Authentication
  checks: Checks
  /** Null for plain HTTP. */
  tls: ServerTls | null
  issuer: string
  log: Log
  metrics: RequestMetrics
  tracing: Tracing
}

declare module 'fastify' {
  interface FastifyRequest {
    subject: Subject | null
  }
  interface FastifyInstance {
    /** Every route with its schema, to tell wrong methods and to hold the documentation against. */
    registered: RegisteredRoute[]
  }
}

const bodyLimitBytes = 16_384
/** For a whole request; bodies are small. */
const requestTimeoutMs = 30_000
const unmatched = 'unmatched'

const problemType = 'application/problem+json'
/** Answers to what is not a request, or not yet. */
const early = earlyAnswers({
  contentType: problemType,
  bodyOf: (fault) => JSON.stringify(problemOf(new ApiError(fault))),
})

const send = (reply: FastifyReply, error: ApiError) =>
  reply
    .code(errors[error.code].status)
    .headers(error.headers)
    .type(problemType)
    .send(JSON.stringify(problemOf(error)))

/** The route's pattern, never the address itself: an address holds ids. */
const logLine = (request: FastifyRequest, reply: FastifyReply) => ({
  route: request.routeOptions.url ?? unmatched,
  method: request.method,
  status: reply.statusCode,
  ms: Math.round(reply.elapsedTime),
  role: request.subject?.role ?? null,
  organisation: request.subject?.organisation ?? null,
})

const observe = (app: FastifyInstance, { log, metrics, tracing }: RecordServerPorts): void => {
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
    const line = logLine(request, reply)
    metrics.answered(line, reply.elapsedTime / 1000)
    // Health probes come every second.
    log[line.role === null && line.status < 400 ? 'debug' : 'info'](line, 'answered')
  })
}

const answerErrors = (app: FastifyInstance, log: Log): void => {
  app.setErrorHandler((error, request, reply) => {
    const refusal = asApiError(error, request)
    if (errors[refusal.code].status >= 500)
      log.error(
        { route: request.routeOptions.url ?? unmatched, code: refusal.code, cause: refusal.cause },
        'failed',
      )
    return send(reply, refusal)
  })
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsAt(app.registered, request.url)
    return send(
      reply,
      allowed.length === 0
        ? new ApiError('NO_SUCH_ROUTE')
        : new ApiError('METHOD_NOT_ALLOWED', { headers: { allow: allowed.join(', ') } }),
    )
  })
}

/** Adds routes that need a token whose role has the permission. */
const permitted = (
  app: FastifyInstance,
  authentication: Authentication,
  permission: ApiPermission,
  addRoutes: (server: TypedServer) => void,
) =>
  app.register(async (scope) => {
    // Authorise before reading the body.
    scope.addHook('onRequest', async (request) => {
      request.subject = await authentication.subject(request.headers.authorization)
      if (!permits(request.subject.role, permission)) throw new ApiError('NOT_PERMITTED')
    })
    addRoutes(scope as unknown as TypedServer)
  })

/** The HTTP server, not yet listening. */
export const buildServer = async (ports: RecordServerPorts): Promise<FastifyInstance> => {
  const { authentication, services } = ports
  const app = Fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    requestTimeout: requestTimeoutMs,
    routerOptions: { maxParamLength: 128 },
    ...early.options,
    ...(ports.tls === null
      ? { http: early.nodeOptions }
      : { https: { ...early.nodeOptions, ...ports.tls, minVersion: 'TLSv1.2' as const } }),
  }) as unknown as FastifyInstance
  early.guard(app)
  app.decorate('registered', [])
  app.decorateRequest('subject', null)
  app.addHook('onRoute', ({ method, url, schema }) => {
    for (const one of [method].flat()) app.registered.push({ method: one, url, schema })
  })
  observe(app, ports)
  answerErrors(app, ports.log)
  registerFormats()
  const typed = await registerOpenApi(app, openApiOptions(ports.issuer))
  publicRoutes(typed, ports.checks)
  await permitted(app, authentication, 'read-record', (server) => clinicalRoutes(server, services))
  await permitted(app, authentication, 'read-ledger', (server) => ledgerRoutes(server, services))
  await permitted(app, authentication, 'decide-identity', (server) =>
    identityRoutes(server, services),
  )
  return app
}
