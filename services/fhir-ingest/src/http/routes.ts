import type { TypedServer } from '@tideway/http/register-openapi'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { fhirError } from '../errors.ts'
import { type FhirReceivePorts, receive } from '../receive.ts'
import { asBundle } from '../retractions/as-bundle.ts'
import { preferOf } from './answer.ts'
import type { FhirRequest } from './fhir-request.ts'
import { clientIn, receivedBy } from './guard.ts'
import * as schemas from './schemas.ts'
import { sendAnswer } from './send-answer.ts'

/** Path parameters of a request. */
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

/** Query, headers, body and answers of a route that accepts content. */
const contentSchema = (
  operationId: string,
  summary: string,
  body: typeof schemas.bundleBody,
  success: Parameters<typeof schemas.answers>[0],
) => ({
  operationId,
  summary,
  querystring: schemas.Format,
  headers: schemas.FhirHeaders,
  body,
  response: schemas.answers(success),
})

/**
 * The routes that accept content. The server must be guarded.
 *
 * @param types  mapped to the record
 */
export const contentRoutes = (
  server: TypedServer,
  types: readonly string[],
  ports: FhirReceivePorts,
): void => {
  const { bundleBody, resourceBody } = schemas
  const handle = async (request: FastifyRequest, reply: FastifyReply, addressed: Addressed) => {
    const { body, client } = receivedBy(request)
    const answer = await receive(body, client, requestOf(request, addressed), ports)
    return sendAnswer(request, reply, answer)
  }
  const post = { method: 'POST', type: null, id: null, onlyMessages: false } as const

  const bundle = contentSchema('sendBundle', 'Send a Bundle', bundleBody, schemas.answeredByEntry)
  server.post('/fhir', { schema: bundle }, (request, reply) => handle(request, reply, post))

  const message = contentSchema(
    'processMessage',
    'Send a message',
    bundleBody,
    schemas.messageTaken,
  )
  server.post('/fhir/$process-message', { schema: message }, (request, reply) =>
    handle(request, reply, { ...post, onlyMessages: true }),
  )

  const create = {
    ...contentSchema('create', 'Create a resource', resourceBody, schemas.created),
    params: schemas.TypePath(types),
  }
  server.post('/fhir/:type', { schema: create }, (request, reply) =>
    handle(request, reply, { ...post, type: request.params.type }),
  )

  const update = {
    ...contentSchema('update', 'Update a resource', resourceBody, schemas.updated),
    params: schemas.InstancePath(types),
  }
  server.put('/fhir/:type/:id', { schema: update }, (request, reply) =>
    handle(request, reply, { ...post, method: 'PUT', ...request.params }),
  )
  retractionRoutes(server, types, ports)
}

/** DELETE and PATCH of a resource. Their conditional forms are taken in a Bundle only. */
const retractionRoutes = (
  server: TypedServer,
  types: readonly string[],
  ports: FhirReceivePorts,
): void => {
  const common = { querystring: schemas.Format, headers: schemas.RetractionHeaders }
  const params = schemas.InstancePath(types)
  const remove = {
    ...common,
    operationId: 'delete',
    summary: 'Delete a resource: what it stated was entered in error',
    params,
    response: schemas.answers(schemas.deleted),
  }
  server.delete('/fhir/:type/:id', { schema: remove }, async (request, reply) => {
    const bytes = asBundle('DELETE', request.params, null)
    const addressed = { method: 'DELETE', ...request.params, onlyMessages: false } as const
    const answer = await receive(bytes, clientIn(request), requestOf(request, addressed), ports)
    return sendAnswer(request, reply, answer)
  })

  const patch = {
    ...contentSchema('patch', 'Retract a resource by a patch', schemas.patchBody, schemas.patched),
    headers: schemas.RetractionHeaders,
    params,
  }
  server.patch('/fhir/:type/:id', { schema: patch }, async (request, reply) => {
    const { body, client } = receivedBy(request)
    const contentType = request.headers['content-type'] ?? ''
    const bytes = asBundle('PATCH', request.params, { body, contentType })
    const addressed = { method: 'PATCH', ...request.params, onlyMessages: false } as const
    return sendAnswer(
      request,
      reply,
      await receive(bytes, client, requestOf(request, addressed), ports),
    )
  })

  const refused = (operationId: string) => ({
    schema: {
      ...common,
      operationId,
      summary: 'Refused: conditions are sent in a Bundle',
      params: schemas.TypePath(types),
      response: schemas.answers({}),
    },
  })
  const refuse = async (): Promise<never> => {
    throw fhirError('CONDITION_IN_ADDRESS', 'url')
  }
  server.delete('/fhir/:type', refused('deleteByCondition'), refuse)
  server.patch('/fhir/:type', refused('patchByCondition'), refuse)
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
