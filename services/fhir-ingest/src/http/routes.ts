import type { TypedServer } from '@tideway/http/register-openapi'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type FhirReceivePorts, receive } from '../receive.ts'
import { preferOf } from './answer.ts'
import type { FhirRequest } from './fhir-request.ts'
import { receivedBy } from './guard.ts'
import * as schemas from './schemas.ts'
import { sendAnswer } from './send-answer.ts'

/** What the address says of a request. */
type Addressed = Pick<FhirRequest, 'method' | 'type' | 'id' | 'onlyMessages'>

const requestOf = (
  { headers, socket, client }: FastifyRequest,
  addressed: Addressed,
): FhirRequest => {
  const sent = headers as schemas.FhirHeaders
  return {
    ...addressed,
    ifNoneExist: sent['if-none-exist'] ?? null,
    ifMatch: sent['if-match'] ?? null,
    prefer: preferOf(sent.prefer),
    connection: `fhir/${socket.localPort} ${socket.remoteAddress}:${socket.remotePort} ${client?.id}`,
    traceparent: sent.traceparent ?? null,
  }
}

/**
 * The routes that take content. The server must be guarded.
 *
 * @param types  mapped to the record
 */
export const contentRoutes = (
  server: TypedServer,
  types: readonly string[],
  ports: FhirReceivePorts,
): void => {
  const handle = async (request: FastifyRequest, reply: FastifyReply, addressed: Addressed) => {
    const { body, client } = receivedBy(request)
    const answer = await receive(body, client, requestOf(request, addressed), ports)
    return sendAnswer(request, reply, answer)
  }
  const common = { querystring: schemas.Format, headers: schemas.FhirHeaders }
  const atBase = { method: 'POST', type: null, id: null } as const

  server.post(
    '/fhir',
    {
      schema: {
        ...common,
        operationId: 'sendBundle',
        summary: 'Send a Bundle',
        body: schemas.bundleBody,
        response: schemas.answers(schemas.answeredByEntry),
      },
    },
    (request, reply) => handle(request, reply, { ...atBase, onlyMessages: false }),
  )
  server.post(
    '/fhir/$process-message',
    {
      schema: {
        ...common,
        operationId: 'processMessage',
        summary: 'Send a message',
        body: schemas.bundleBody,
        response: schemas.answers(schemas.messageTaken),
      },
    },
    (request, reply) => handle(request, reply, { ...atBase, onlyMessages: true }),
  )
  server.post(
    '/fhir/:type',
    {
      schema: {
        ...common,
        operationId: 'create',
        summary: 'Create a resource',
        params: schemas.TypePath(types),
        body: schemas.resourceBody,
        response: schemas.answers(schemas.created),
      },
    },
    (request, reply) =>
      handle(request, reply, { ...atBase, type: request.params.type, onlyMessages: false }),
  )
  server.put(
    '/fhir/:type/:id',
    {
      schema: {
        ...common,
        operationId: 'update',
        summary: 'Update a resource',
        params: schemas.InstancePath(types),
        body: schemas.resourceBody,
        response: schemas.answers(schemas.updated),
      },
    },
    (request, reply) =>
      handle(request, reply, { method: 'PUT', ...request.params, onlyMessages: false }),
  )
}

/** The CapabilityStatement, for anyone. @see FHIR R4, RESTful API, capabilities */
export const metadataRoute = (server: TypedServer, capability: object): void => {
  server.get(
    '/fhir/metadata',
    {
      schema: {
        operationId: 'metadata',
        summary: 'CapabilityStatement',
        security: [],
        querystring: schemas.Format,
        response: schemas.capability,
      },
    },
    async (request, reply) =>
      sendAnswer(request, reply, { status: 200, headers: {}, body: capability }),
  )
}
