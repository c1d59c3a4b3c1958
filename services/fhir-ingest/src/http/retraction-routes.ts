import type { TypedServer } from '@tideway/http/register-openapi'
import { fhirError } from '../errors.ts'
import { type FhirReceivePorts, receive } from '../receive.ts'
import { asBundle } from '../retractions/as-bundle.ts'
import { requestOf } from './fhir-request.ts'
import { clientIn, receivedBy } from './guard.ts'
import * as schemas from './schemas.ts'
import { sendAnswer } from './send-answer.ts'

/** DELETE and PATCH of a resource. Their conditional forms are taken in a Bundle only. */
export const retractionRoutes = (
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
    ...common,
    operationId: 'patch',
    summary: 'Retract a resource by a patch',
    params,
    body: schemas.patchBody,
    response: schemas.answers(schemas.patched),
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
