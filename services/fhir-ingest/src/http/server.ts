import type { Readable } from 'node:stream'
import rateLimit from '@fastify/rate-limit'
import type { FhirSource } from '@tideway/schemas/source'
import { type BearerTokens, challengeOf } from '@tideway/http/bearer-token'
import { openApiPages } from '@tideway/http/openapi-pages'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type FhirAnswer, outcomeOf, preferOf, statusOf } from './answer.ts'
import { type FhirClient, clientOf } from './fhir-client.ts'
import { asFhirError } from '../as-fhir-error.ts'
import { type FhirError, fhirError } from '@tideway/fhir/fault'
import { readBody } from './read-body.ts'
import { type FhirRequest, type FhirReceivePorts, receive } from '../receive.ts'
import { toXml } from '@tideway/fhir/xml/write-xml'

export type FhirServerPorts = FhirReceivePorts & {
  sources: readonly FhirSource[]
  tokens: Pick<BearerTokens, 'claims'>
  capability: object
  openApi: object
  tls: { cert: string; key: string } | null
  limits: { maxBodyBytes: number; maxInFlightBytes: number; requestsPerMinute: number }
  /** Bytes of bodies under way, counted here and shown by the meter. */
  held: { bytes: number }
}

declare module 'fastify' {
  interface FastifyRequest {
    client: FhirClient | null
    /** `failure`: why the body could not be read. */
    received: { body: Buffer | null; failure: unknown; bytes: number }
  }
}

const json = 'application/fhir+json'
const xml = 'application/fhir+xml'
const readable = /^(application\/(fhir\+)?(json|xml)|text\/xml)\s*(;|$)/i
/** What speaks FHIR; a browser asks for the other pages as it likes. */
const isFhir = /^\/fhir([/?]|$)/
const declaresOther = /charset\s*=\s*"?(?!utf-?8)/i

/** Seconds after which it is worth trying again. */
const retryAfter: Partial<Record<number, string>> = { 429: '60', 503: '5' }

/** The format asked for; what was sent decides where nothing is asked. Null: none of ours. */
const formatOf = ({ headers, query }: FastifyRequest): string | null => {
  const asked =
    (query as Record<string, unknown> | undefined)?.['_format'] ?? headers.accept ?? '*/*'
  const text = String(asked)
  if (/xml/i.test(text)) return xml
  if (/json/i.test(text)) return json
  if (!/\*\/\*|application\/\*/.test(text)) return null
  return /xml/i.test(headers['content-type'] ?? '') ? xml : json
}

const send = (
  request: FastifyRequest,
  reply: FastifyReply,
  { status, headers, body }: FhirAnswer,
) => {
  const format = formatOf(request) ?? json
  reply.code(status).headers({
    ...(retryAfter[status] === undefined ? {} : { 'retry-after': retryAfter[status] }),
    ...headers,
  })
  if (body === null) return reply.send()
  return reply
    .type(`${format}; charset=utf-8`)
    .send(format === xml ? toXml(body as never) : JSON.stringify(body))
}

const answerOf = (error: FhirError): FhirAnswer => {
  const code = error.faults[0]?.code
  const challenge =
    code === 'UNAUTHENTICATED' || code === 'INVALID_TOKEN' || code === 'TOKEN_EXPIRED'
      ? { 'www-authenticate': challengeOf(code) }
      : {}
  return {
    status: statusOf(error.faults) ?? 500,
    headers: challenge,
    body: outcomeOf(error.faults),
  }
}

const one = (header: string | string[] | undefined): string | null =>
  Array.isArray(header) ? (header[0] ?? null) : (header ?? null)

const askedBy = (request: FastifyRequest, onlyMessages: boolean): FhirRequest => {
  const { type = null, id = null } = request.params as { type?: string; id?: string }
  const { headers, socket, client } = request
  return {
    method: request.method === 'PUT' ? 'PUT' : 'POST',
    type,
    id,
    onlyMessages,
    ifNoneExist: one(headers['if-none-exist']),
    ifMatch: headers['if-match'] ?? null,
    prefer: preferOf(one(headers['prefer']) ?? undefined),
    connection: `fhir/${socket.localPort} ${socket.remoteAddress}:${socket.remotePort} ${client?.id}`,
    traceparent: one(headers['traceparent']),
  }
}

/** The HTTP server, not yet listening. */
export const buildServer = async (ports: FhirServerPorts): Promise<FastifyInstance> => {
  const { limits, held, log, meter } = ports
  const app = Fastify({
    logger: false,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    bodyLimit: limits.maxBodyBytes,
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 128 },
    ...(ports.tls === null ? {} : { https: { ...ports.tls, minVersion: 'TLSv1.2' as const } }),
  }) as unknown as FastifyInstance
  app.decorateRequest('client', null)
  app.addHook('onRequest', async (request, reply) => {
    request.received = { body: null, failure: null, bytes: 0 }
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    if (isFhir.test(request.url) && formatOf(request) === null)
      throw fhirError('NOT_ACCEPTABLE', 'Accept')
  })
  app.addHook('onResponse', async (request, reply) => {
    held.bytes -= request.received.bytes
    meter.answered(request.routeOptions.url ?? 'unmatched', reply.elapsedTime / 1000)
  })
  app.setErrorHandler((error, request, reply) => {
    const failure = asFhirError(error)
    const [first] = failure.faults
    if (request.received.body === null) meter.refused(first?.code ?? 'FAILED')
    log[first?.code === 'FAILED' ? 'error' : 'info'](
      {
        code: first?.code,
        route: request.routeOptions.url,
        client: request.client?.id,
        ...(first?.code === 'FAILED' ? { cause: failure.cause } : {}),
      },
      'refused',
    )
    return send(request, reply, answerOf(failure))
  })
  app.setNotFoundHandler((request, reply) => {
    const isOurs = /^\/fhir(\/[A-Z][A-Za-z]+(\/[^/?]+)?)?([?]|$)/.test(request.url)
    const answer = answerOf(fhirError(isOurs ? 'METHOD_NOT_ALLOWED' : 'NO_SUCH_ROUTE'))
    return send(request, reply, isOurs ? { ...answer, headers: { allow: 'POST, PUT' } } : answer)
  })
  await openApiPages(app, ports.openApi, 'Tideway fhir-ingest')
  app.get('/fhir/metadata', async (request, reply) =>
    send(request, reply, { status: 200, headers: {}, body: ports.capability }),
  )

  await app.register(async (guarded) => {
    // Before the body is read: who may not send is not listened to.
    guarded.addHook('onRequest', async (request) => {
      request.client = clientOf(
        await ports.tokens.claims(request.headers.authorization),
        ports.sources,
      )
      if (held.bytes > limits.maxInFlightBytes) throw fhirError('BUSY')
      const type = request.headers['content-type'] ?? ''
      if (!readable.test(type) || declaresOther.test(type))
        throw fhirError('UNSUPPORTED_MEDIA_TYPE', 'Content-Type')
      if (Number(request.headers['content-length'] ?? 0) > limits.maxBodyBytes)
        throw fhirError('TOO_LARGE', 'body')
    })
    await guarded.register(rateLimit, {
      max: limits.requestsPerMinute,
      timeWindow: 60_000,
      hook: 'preParsing',
      keyGenerator: (request) => request.client?.id ?? 'nobody',
    })
    guarded.removeAllContentTypeParsers()
    guarded.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
      const counted = (count: number) => {
        request.received.bytes += count
        held.bytes += count
      }
      try {
        request.received.body = await readBody(
          payload,
          request.headers['content-encoding'],
          limits.maxBodyBytes,
          counted,
        )
      } catch (failure) {
        // Thrown here, it would end the connection while the sender still writes, and the answer
        // with it.
        request.received.failure = failure
      }
    })
    const handle =
      (onlyMessages: boolean) => async (request: FastifyRequest, reply: FastifyReply) => {
        const { received, client } = request
        if (received.failure !== null) throw received.failure
        if (received.body === null || client === null) throw fhirError('NOT_JSON', 'body')
        return send(
          request,
          reply,
          await receive(received.body, client, askedBy(request, onlyMessages), ports),
        )
      }
    guarded.post('/fhir', handle(false))
    guarded.post('/fhir/$process-message', handle(true))
    guarded.post('/fhir/:type', handle(false))
    guarded.put('/fhir/:type/:id', handle(false))
  })
  return app
}
