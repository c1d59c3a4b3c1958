import type { Readable } from 'node:stream'
import rateLimit from '@fastify/rate-limit'
import type { BearerTokens } from '@tideway/http/bearer-token'
import type { FhirSource } from '@tideway/schemas/source'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fhirError } from '../errors.ts'
import { clientOf, type FhirClient } from './fhir-client.ts'
import { isReadableBy } from './formats.ts'
import { readBody } from './read-body.ts'

export type GuardPorts = {
  /** Those in use now. */
  sources: () => readonly FhirSource[]
  tokens: Pick<BearerTokens, 'claims'>
  limits: { maxBodyBytes: number; maxInFlightBytes: number; requestsPerMinute: number }
  /** Bytes of bodies received and not yet answered. */
  held: { bytes: number }
}

declare module 'fastify' {
  interface FastifyRequest {
    client: FhirClient | null
    /** The uncompressed body; `failure` is why it could not be read. */
    received: { body: Buffer | null; failure: unknown; bytes: number }
  }
}

/**
 * Authenticates the sender and checks the limits before the body is read, then reads the body as
 * bytes.
 *
 * @param server  all of its routes are guarded
 */
export const guard = async (
  server: FastifyInstance,
  { sources, tokens, limits, held }: GuardPorts,
): Promise<void> => {
  server.addHook('onRequest', async (request) => {
    request.client = clientOf(await tokens.claims(request.headers.authorization), sources())
    if (held.bytes > limits.maxInFlightBytes) throw fhirError('BUSY')
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
    try {
      received.body = await readBody(
        payload,
        headers['content-encoding'],
        limits.maxBodyBytes,
        (count) => {
          received.bytes += count
          held.bytes += count
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
