import Fastify from 'fastify'
import { Type } from 'typebox'
import { beforeAll, expect, test } from 'vitest'
import { registerOpenApi } from './register-openapi.ts'

const Name = Type.Object({ family: Type.String() }, { $id: 'Name', description: 'A name.' })
const schemas = {
  params: Type.Object({ id: Type.String({ pattern: '^[a-z]+$', description: 'Which.' }) }),
  querystring: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })) }),
  headers: Type.Object({ prefer: Type.Optional(Type.String({ maxLength: 5 })) }),
  body: Type.Object({ name: Name, kind: Type.Literal('x') }),
}

const openServer = async () => {
  const server = Fastify()
  const routes = await registerOpenApi(server, {
    title: 'Test',
    version: '1',
    description: 'For a test.',
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
  })
  routes.post(
    '/things/:id',
    {
      schema: {
        ...schemas,
        operationId: 'send',
        response: {
          200: {
            description: 'Done.',
            content: { 'application/json': { schema: Type.Object({ name: Name }) } },
          },
        },
      },
    },
    async ({ params, query, headers, body }) => ({
      id: params.id,
      limit: query.limit,
      prefer: headers.prefer,
      name: body.name,
    }),
  )
  routes.get('/open', { schema: { security: [] } }, async () => 'yes')
  return server
}

let server: Awaited<ReturnType<typeof openServer>>
beforeAll(async () => {
  server = await openServer()
})

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  server.inject({ method: 'POST', url, payload: body, headers })
const sent = { name: { family: 'Ng' }, kind: 'x' }

test('a route is described by the schemas that validate it', async () => {
  const document = (await server.inject('/openapi.json')).json()
  expect(document).toMatchObject({ openapi: '3.1.1', security: [{ bearer: [] }] })
  const { post, get } = { ...document.paths['/things/{id}'], ...document.paths['/open'] }
  expect(get.security).toEqual([])
  expect(post.parameters).toEqual([
    { in: 'query', name: 'limit', required: false, schema: schemas.querystring.properties.limit },
    {
      in: 'path',
      name: 'id',
      required: true,
      description: 'Which.',
      schema: { type: 'string', pattern: '^[a-z]+$' },
    },
    { in: 'header', name: 'prefer', required: false, schema: { type: 'string', maxLength: 5 } },
  ])
  expect(post.requestBody.content['application/json'].schema).toEqual({
    type: 'object',
    required: ['name', 'kind'],
    properties: {
      name: { $ref: '#/components/schemas/Name' },
      kind: { type: 'string', const: 'x' },
    },
  })
  expect(post.responses[200].content['application/json'].schema.properties.name).toEqual({
    $ref: '#/components/schemas/Name',
  })
  expect(document.components.schemas).toEqual({
    Name: {
      type: 'object',
      description: 'A name.',
      required: ['family'],
      properties: { family: { type: 'string' } },
    },
  })
  expect(JSON.stringify(document)).not.toContain('$id')
})

test('params, query and headers come as the types of their schemas', async () => {
  expect((await post('/things/a?limit=3', sent, { prefer: 'short' })).json()).toEqual({
    id: 'a',
    limit: 3,
    prefer: 'short',
    name: { family: 'Ng' },
  })
})

test.each([
  ['/things/A', sent, {}, 'params/id'],
  ['/things/a?limit=10', sent, {}, 'querystring/limit'],
  ['/things/a?limit=many', sent, {}, 'querystring/limit'],
  ['/things/a', sent, { prefer: 'too long' }, 'headers/prefer'],
  ['/things/a', { name: {}, kind: 'x' }, {}, 'body/name'],
  ['/things/a', { ...sent, kind: 'y' }, {}, 'body/kind'],
])('%s is refused where it is wrong', async (url, body, headers, at) => {
  const answer = await post(url, body, headers)
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'FST_ERR_VALIDATION'])
  expect(answer.json().message).toContain(at)
})

test('a route without a schema cannot be added', async () => {
  const other = Fastify()
  await registerOpenApi(other, {
    title: 'Test',
    version: '1',
    description: 'For a test.',
    securitySchemes: {},
  })
  expect(() => other.get('/plain', async () => 'no')).toThrow('route GET /plain has no schema')
})
