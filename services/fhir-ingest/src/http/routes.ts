import { type FhirErrorCode, errors } from '@tideway/fhir/fault'

type Json = { [name: string]: unknown }

const formats = ['application/fhir+json', 'application/fhir+xml'] as const

const outcome = { $ref: '#/components/schemas/OperationOutcome' }
const inFormats = (schema: Json): Json =>
  Object.fromEntries(formats.map((format) => [format, { schema }]))

/**
 * What each refusal has in common with others of its status: the codes, and what the sender can do.
 */
const refusals = (): Json => {
  const codes = (Object.keys(errors) as FhirErrorCode[]).filter(
    (code) => errors[code].status >= 400,
  )
  const byStatus = Map.groupBy(codes, (code) => errors[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      String(status),
      {
        description: some.map((code) => `${code}: ${errors[code].text}`).join('\n\n'),
        content: inFormats(outcome),
      },
    ]),
  )
}

const header = (name: string, description: string): Json => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
})
const inPath = (name: string, schema: Json): Json => ({ name, in: 'path', required: true, schema })
const prefer = header(
  'Prefer',
  'return=minimal, representation or OperationOutcome: what an answer holds',
)

type Operation = { summary: string; id: string; parameters: Json[]; taken: Json; body: Json }

const operation = ({ summary, id, parameters, taken, body }: Operation): Json => ({
  summary,
  operationId: id,
  parameters: [...parameters, prefer],
  requestBody: {
    required: true,
    description: 'In UTF-8, plain or gzip.',
    content: inFormats(body),
  },
  responses: {
    ...taken,
    202: {
      description: 'Durable here, and not understood yet: it waits for someone.',
      content: inFormats(outcome),
    },
    ...refusals(),
  },
})

const resource: Json = { $ref: '#/components/schemas/Resource' }
const bundle: Json = { $ref: '#/components/schemas/Bundle' }
const durable = (description: string, schema: Json): Json => ({
  description: `${description} Everything is durable.`,
  content: inFormats(schema),
})

const schemas: Json = {
  Resource: {
    type: 'object',
    description: 'A resource as R4 defines it.',
    required: ['resourceType'],
    properties: { resourceType: { type: 'string' }, id: { type: 'string' } },
  },
  Bundle: {
    type: 'object',
    required: ['resourceType', 'type'],
    properties: {
      resourceType: { const: 'Bundle' },
      type: { enum: ['transaction', 'batch', 'message', 'document', 'collection'] },
      entry: { type: 'array', items: { type: 'object' } },
    },
  },
  OperationOutcome: {
    type: 'object',
    description:
      'Every fault with its code and its place, never with what was sent; a hundred at most.',
    required: ['resourceType', 'issue'],
    properties: {
      resourceType: { const: 'OperationOutcome' },
      issue: {
        type: 'array',
        items: {
          type: 'object',
          required: ['severity', 'code'],
          properties: {
            severity: { enum: ['error', 'warning', 'information'] },
            code: { type: 'string' },
            diagnostics: { type: 'string' },
            expression: { type: 'array', items: { type: 'string' } },
          },
        },
      },
    },
  },
}

/**
 * What can be asked of this service, for those whose tools read OpenAPI; what R4 itself defines is
 * in the CapabilityStatement and not repeated here.
 *
 * @param types  that become part of the record
 * @see OpenAPI 3.1
 */
export const openApi = (issuer: string, types: readonly string[]): Json => {
  const type = inPath('type', { type: 'string', enum: [...types].sort() })
  const ifNoneExist = header(
    'If-None-Exist',
    'identifier=system|value of the resource itself; nothing else is answered',
  )
  const created = {
    201: {
      description: 'Durable; Location has the id, the same each time the same thing is created.',
    },
  }
  const updated = { 200: { description: 'Durable; a later update takes the place of this one.' } }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tideway fhir-ingest',
      version: '1',
      description:
        'FHIR R4 in. 2xx: it is durable here. 4xx: it is never taken as it is. 429 and 5xx: it is not kept; send it again.',
    },
    security: [{ oauth: [] }],
    paths: {
      '/fhir/metadata': {
        get: {
          summary: 'CapabilityStatement',
          operationId: 'metadata',
          security: [],
          responses: {
            200: { description: 'What this service does.', content: inFormats(resource) },
          },
        },
      },
      '/fhir': {
        post: operation({
          summary: 'Send a Bundle',
          id: 'sendBundle',
          parameters: [],
          taken: {
            200: durable('One answer for each entry of a transaction or batch, else an outcome.', {
              oneOf: [bundle, outcome],
            }),
          },
          body: bundle,
        }),
      },
      '/fhir/$process-message': {
        post: operation({
          summary: 'Send a message',
          id: 'processMessage',
          parameters: [],
          taken: { 200: durable('', outcome) },
          body: bundle,
        }),
      },
      '/fhir/{type}': {
        post: operation({
          summary: 'Create a resource',
          id: 'create',
          parameters: [type, ifNoneExist],
          taken: created,
          body: resource,
        }),
      },
      '/fhir/{type}/{id}': {
        put: operation({
          summary: 'Update a resource',
          id: 'update',
          parameters: [type, inPath('id', { type: 'string', pattern: '^[A-Za-z0-9.-]{1,64}$' })],
          taken: updated,
          body: resource,
        }),
      },
    },
    components: {
      schemas,
      securitySchemes: {
        oauth: {
          type: 'openIdConnect',
          description: 'Scopes as SMART App Launch 2 has them: system/<type>.c, .u or .cu.',
          openIdConnectUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        },
      },
    },
  }
}
