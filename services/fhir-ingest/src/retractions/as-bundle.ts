import { jsonText, type Parsed } from '@tideway/fhir/parse-json'
import { parseBody } from '../normalise/parse-body.ts'
import type { RetractionTarget } from './target.ts'

const jsonPatch = /^application\/json-patch\+json\s*(;|$)/i

export const isJsonPatch = (contentType: string): boolean => jsonPatch.test(contentType)

const patchOf = (body: Buffer, contentType: string): Parsed =>
  isJsonPatch(contentType)
    ? {
        resource: {
          resourceType: 'Binary',
          contentType: 'application/json-patch+json',
          data: body.toString('base64'),
        },
        decimals: new WeakMap(),
      }
    : parseBody(body)

/**
 * A DELETE or PATCH by itself as the transaction of one entry that it is equal to: it is archived,
 * and normalised again, like any other message.
 *
 * @param patch  null for a DELETE
 * @throws FhirError as `parseBody`
 * @see FHIR R4, RESTful API, patch, and transaction
 */
export const asBundle = (
  method: 'DELETE' | 'PATCH',
  { type, id }: Pick<RetractionTarget, 'type' | 'id'>,
  patch: { body: Buffer; contentType: string } | null,
): Buffer => {
  const request = { method, url: `${type}/${id}` }
  const sent = patch === null ? null : patchOf(patch.body, patch.contentType)
  const entry = sent === null ? { request } : { resource: sent.resource, request }
  const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [entry] }
  return Buffer.from(jsonText(bundle, sent?.decimals ?? new WeakMap()))
}
