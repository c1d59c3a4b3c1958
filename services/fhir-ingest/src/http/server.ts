import { earlyAnswers } from '@tideway/http/early-answers'
import { registerOpenApi } from '@tideway/http/register-openapi'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { asFhirError } from '../as-fhir-error.ts'
import { fault, fhirError } from '../errors.ts'
import type { FhirReceivePorts } from '../receive.ts'
import { outcomeOf } from './answer.ts'
import { fhirJson, written } from './formats.ts'
import { type GuardPorts, guard } from './guard.ts'
import { contentRoutes, metadataRoute } from './routes.ts'
import { formatOf, refusalOf, sendAnswer } from './send-answer.ts'

export type FhirServerPorts = FhirReceivePorts &
  GuardPorts & {
    capability: object
    /** Address of the issuer of tokens. */
    issuer: string
    tls: { cert: string; key: string } | null
  }

const description =
  'Accepts FHIR R4. 2xx: the content is durable. 4xx: it is rejected and not stored. 429 and 5xx: it is not stored; send it again. What is not a valid or complete HTTP request is answered 400, 408, 414, 417 or 431 with an OperationOutcome, at any address.'

/** The FHIR interface proper; other pages are not negotiated. */
const isFhir = /^\/fhir([/?]|$)/
/** A known address with another method. */
const isKnownAddress = /^\/fhir(\/[A-Z][A-Za-z]+(\/[^/?]+)?)?([?]|$)/

/** Answers to what is not a request, or not yet. */
const early = earlyAnswers({
  contentType: `${fhirJson}; charset=utf-8`,
  bodyOf: (code) => written(outcomeOf([fault(code, null)]), fhirJson),
})

const open = ({ tls, limits }: FhirServerPorts): FastifyInstance =>
  Fastify({
    logger: false,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    bodyLimit: limits.maxBodyBytes,
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 128 },
    ...early.options,
    ...(tls === null
      ? { http: early.nodeOptions }
      : { https: { ...early.nodeOptions, ...tls, minVersion: 'TLSv1.2' as const } }),
  }) as unknown as FastifyInstance

const addHooks = (app: FastifyInstance, { held, meter }: FhirServerPorts): void => {
  app.decorateRequest('client', null)
  const release = ({ client, received }: FastifyRequest): void => {
    if (client !== null) held.add(client.id, -received.bytes)
    received.bytes = 0
    received.isOver = true
  }
  app.addHook('onRequest', async (request, reply) => {
    request.received = { body: null, failure: null, bytes: 0, isOver: false }
    // A sender that goes away gets no answer.
    reply.raw.once('close', () => release(request))
    if (isFhir.test(request.url) && formatOf(request) === null)
      throw fhirError('NOT_ACCEPTABLE', 'Accept')
  })
  app.addHook('onResponse', async (request, reply) => {
    release(request)
    meter.answered(request.routeOptions.url ?? 'unmatched', reply.elapsedTime / 1000)
  })
}

const addRefusals = (app: FastifyInstance, { log, meter }: FhirServerPorts): void => {
  app.setErrorHandler((error, request: FastifyRequest, reply: FastifyReply) => {
    const failure = asFhirError(error)
    const code = failure.faults[0]?.code ?? 'FAILED'
    if (request.received.body === null) meter.refused(code)
    log[code === 'FAILED' ? 'error' : 'info'](
      {
        code,
        route: request.routeOptions.url,
        client: request.client?.id,
        ...(code === 'FAILED' ? { cause: failure.cause } : {}),
      },
      'refused',
    )
    return sendAnswer(request, reply, refusalOf(failure))
  })
  app.setNotFoundHandler((request, reply) => {
    if (!isKnownAddress.test(request.url))
      return sendAnswer(request, reply, refusalOf(fhirError('NO_SUCH_ROUTE')))
    const refusal = refusalOf(fhirError('METHOD_NOT_ALLOWED'))
    return sendAnswer(request, reply, {
      ...refusal,
      headers: { allow: 'POST, PUT, PATCH, DELETE' },
    })
  })
}

/** The HTTP server, not yet listening. */
export const buildServer = async (ports: FhirServerPorts): Promise<FastifyInstance> => {
  const app = open(ports)
  early.guard(app)
  addHooks(app, ports)
  addRefusals(app, ports)
  const routes = await registerOpenApi(app, {
    title: 'Tideway fhir-ingest',
    version: '1',
    description,
    securitySchemes: {
      oauth: {
        type: 'openIdConnect',
        description: 'SMART App Launch 2 scopes: system/<type>.c, .u or .cu.',
        openIdConnectUrl: `${ports.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      },
    },
  })
  metadataRoute(routes, ports.capability)
  await routes.register(async (guarded) => {
    await guard(guarded as unknown as FastifyInstance, ports)
    contentRoutes(guarded, [...ports.rules.mappings.keys()], ports)
  })
  return app
}
