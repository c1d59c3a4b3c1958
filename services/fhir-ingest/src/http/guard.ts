import type { Readable } from 'node:stream'
import rateLimit from '@fastify/rate-limit'
import type { BearerTokens } from '@tideway/http/bearer-token'
import type { FhirSource } from '@tideway/schemas/source'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fhirError } from '../errors.ts'
import { clientOf, type FhirClient } from './fhir-client.ts'
import { isReadableBy } from './formats.ts'
import type { HeldBytes } from './held-bytes.ts'
import { readBody } from './read-body.ts'

export type GuardPorts = {
  /** Those in use now. */
  sources: () => readonly FhirSource[]
  tokens: Pick<BearerTokens, 'claims'>
  limits: { maxBodyBytes: number; maxInFlightBytes: number; requestsPerMinute: number }
  held: HeldBytes
}

declare module 'fastify' {
  interface FastifyRequest {
    client: FhirClient | null
    /**
     * The uncompressed body; `failure` is why it could not be read, `isOver` whether the request is
     * answered or its sender gone.
     */
    received: { body: Buffer | null; failure: unknown; bytes: number; isOver: boolean }
  }
}

/**
 * Authenticates the sender and checks the limits before the body is read, then reads the body as
 * bytes. One client holds half of the memory at most.
 *
 * @param server  all of its routes are guarded
 */
export const guard = async (
  server: FastifyInstance,
  { sources, tokens, limits, held }: GuardPorts,
): Promise<void> => {
  const share = Math.max(limits.maxInFlightBytes / 2, limits.maxBodyBytes)
  server.addHook('onRequest', async (request) => {
    request.client = clientOf(await tokens.claims(request.headers.authorization), sources())
    if (held.total() > limits.maxInFlightBytes || held.of(request.client.id) > share)
      throw fhirError('BUSY')
    if (!isReadableBy(request.method, request.headers['content-type'] ?? ''))
      throw fhirError('UNSUPPORTED_MEDIA_TYPE', 'Content-Type')
    if (Number(request.headers['content-length'] ?? 0) > limits.maxBodyBytes)
      throw fhirError('TOO_LARGE', 'body')
  })
  await server.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: 60_000,
    hook: 'preParsing',
    keyGenerator: (request) => request.client?.id ?? '',
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    const { received, headers } = request
    const client = clientIn(request).id
    try {
      received.body = await readBody(
        payload,
        headers['content-encoding'],
        limits.maxBodyBytes,
        (count) => {
          if (received.isOver) return
          received.bytes += count
          held.add(client, count)
          if (held.of(client) > share) throw fhirError('BUSY')
        },
      )
    } catch (failure) {
      // The handler throws it. Thrown here, it would close the connection while the sender still
      // writes, and the answer would be lost.
      received.failure = failure
    }
  })
}

/** Client of a guarded request. */
export const clientIn = ({ client }: FastifyRequest): FhirClient => {
  if (client === null) throw fhirError('UNAUTHENTICATED')
  return client
}

/**
 * Body and client of a guarded request.
 *
 * @throws the failure of the body, or FhirError NOT_JSON if there was none
 */
export const receivedBy = ({
  received,
  client,
}: FastifyRequest): { body: Buffer; client: FhirClient } => {
  if (received.failure !== null) throw received.failure
  if (received.body === null || client === null) throw fhirError('NOT_JSON', 'body')
  return { body: received.body, client }
}
