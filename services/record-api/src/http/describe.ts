import { type ErrorCode, errors } from '../errors.ts'
import { permissions } from './permissions.ts'
import { type Route, routes } from './clinical-routes.ts'

type Json = { [key: string]: unknown }

const everyRoute: readonly ErrorCode[] = [
  'UNAUTHENTICATED',
  'INVALID_TOKEN',
  'TOKEN_EXPIRED',
  'NOT_PERMITTED',
  'UNEXPECTED',
  'STORE_UNAVAILABLE',
  'ISSUER_UNAVAILABLE',
]

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

/** A schema with everything named replaced by a reference; what is named is put into `named`. */
const referring = (node: unknown, named: Json): unknown => {
  if (Array.isArray(node)) return node.map((item) => referring(item, named))
  if (typeof node !== 'object' || node === null) return node
  const { $id, ...rest } = node as Json
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, referring(value, named)]),
  )
  if (typeof $id !== 'string') return inner
  named[$id] = inner
  return ref($id)
}

const Problem: Json = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', description: 'Address of what is known about this kind of error.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What the caller can do about it.' },
    code: { type: 'string', enum: Object.keys(errors) },
    errors: {
      type: 'array',
      description: 'Each field that is wrong and why; never what it held.',
      items: {
        type: 'object',
        required: ['field', 'reason'],
        properties: { field: { type: 'string' }, reason: { type: 'string' } },
      },
    },
  },
}

const problemExample = (code: ErrorCode) => ({
  summary: errors[code].title,
  value: {
    type: `/problems#${code}`,
    ...{
      title: errors[code].title,
      status: errors[code].status,
      detail: errors[code].detail,
      code,
    },
    ...(code === 'INVALID_REQUEST'
      ? {
          errors: [
            {
              field: 'nhsNumber',
              reason: 'is not an NHS number: ten digits whose last is the modulus 11 check digit',
            },
          ],
        }
      : {}),
  },
})

const refusals = (codes: readonly ErrorCode[]): Json => {
  const byStatus = Map.groupBy(codes, (code) => errors[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      {
        description: those.map((code) => errors[code].title).join('; '),
        ...(status === 401
          ? {
              headers: {
                'WWW-Authenticate': {
                  description: 'RFC 6750 section 3.',
                  schema: { type: 'string' },
                },
              },
            }
          : {}),
        content: {
          'application/problem+json': {
            schema: ref('Problem'),
            examples: Object.fromEntries(those.map((code) => [code, problemExample(code)])),
          },
        },
      },
    ]),
  )
}

const requestBody = ({ schema, examples }: NonNullable<Route['body']>, named: Json): Json => ({
  required: true,
  content: {
    'application/json': {
      schema: referring(schema, named),
      examples: Object.fromEntries(
        Object.entries(examples).map(([name, value]) => [name, { value }]),
      ),
    },
  },
})

const operation = (
  { operationId, summary, permission, parameters, body, answer, page, errors: own }: Route,
  named: Json,
): Json => ({
  operationId,
  summary,
  description: `For the roles ${permissions[permission].roles.join(' and ')}. ${permissions[permission].doc}.`,
  tags: [permission],
  parameters: parameters.map((parameter) => referring(parameter, named)),
  ...(body === null ? {} : { requestBody: requestBody(body, named) }),
  responses: {
    200: {
      description: 'The answer.',
      headers: {
        'Cache-Control': {
          description: 'Always no-store.',
          schema: { type: 'string', const: 'no-store' },
        },
      },
      content: {
        'application/json': { schema: referring(answer.schema, named), example: answer.example },
        ...(page === undefined ? {} : { 'text/html': { schema: { type: 'string' } } }),
      },
    },
    ...refusals([...own, ...everyRoute]),
  },
})

const health = (summary: string, properties: Json, notReady: boolean): Json => {
  const answer = (description: string) => ({
    description,
    content: {
      'application/json': {
        schema: { type: 'object', required: Object.keys(properties), properties },
      },
    },
  })
  return {
    get: {
      summary,
      security: [],
      tags: ['health'],
      responses: { 200: answer('Yes.'), ...(notReady ? { 503: answer('Not now.') } : {}) },
    },
  }
}

/**
 * The OpenAPI document of this service, made from the routes.
 *
 * @param issuer  address of the issuer of tokens
 * @see OpenAPI Specification 3.1
 */
export const openApi = (issuer: string): Json => {
  const named: Json = { Problem }
  const paths: Record<string, Json> = {}
  for (const route of routes)
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: operation(route, named),
    }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tideway record service',
      version: '1.0.0',
      description:
        'Reads the combined record of a patient and the ledger of messages. Absent is null, times are ISO 8601 at the precision sent, codes are as sent. An address never holds an NHS number, a name or a birth date.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ bearer: [] }],
    tags: Object.entries(permissions).map(([name, { doc, roles }]) => ({
      name,
      description: `${doc}. Roles: ${roles.join(', ')}.`,
    })),
    paths: {
      ...paths,
      '/health/live': health('Whether the process runs', { live: { type: 'boolean' } }, false),
      '/health/ready': health(
        'Whether everything it needs answers',
        {
          ready: { type: 'boolean' },
          missing: { type: 'array', items: { type: 'string', enum: ['mongodb', 'issuer'] } },
        },
        true,
      ),
    },
    components: {
      schemas: named,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: `An access token of ${issuer}, with the claims sub, role and organisation.`,
        },
      },
    },
  }
}
