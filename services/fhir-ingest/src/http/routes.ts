import type { TypedServer } from '@tideway/http/register-openapi'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type FhirReceivePorts, receive } from '../receive.ts'
import { type Addressed, requestOf } from './fhir-request.ts'
import { receivedBy } from './guard.ts'
import { retractionRoutes } from './retraction-routes.ts'
import * as schemas from './schemas.ts'
import { sendAnswer } from './send-answer.ts'

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
