import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { type ReaderRole, roles } from '../chart/access.ts'
import { errors } from '../errors.ts'
import { answerOf, describedRoutes, describedServer } from './described.fixture.ts'
import { type permissions, permits } from './permissions.ts'

type Parameter = { name: string; in: string; required: boolean; schema: object }
type Operation = {
  responses: Record<string, { content?: Record<string, { examples?: object }> }>
  security?: unknown[]
  parameters?: Parameter[]
  requestBody?: { required: boolean; content: Record<string, { schema: object }> }
}

const routes = await describedRoutes()
const api = routes.filter(({ url }) => url.startsWith('/api/'))
const app = await describedServer()
const document: {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
} = (await app.inject('/openapi.json')).json()
await app.close()

const operationOf = ({ method, url }: { method: string; url: string }): Operation | undefined =>
  document.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]

/** A schema as the document writes it: named ones by reference. */
const written = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(written)
  if (typeof node !== 'object' || node === null) return node
  const { $id, ...rest } = node as Record<string, unknown>
  if (typeof $id === 'string') return { $ref: `#/components/schemas/${$id}` }
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, written(value)]))
}

const propertiesOf = (schema: TSchema | undefined): [string, object][] =>
  Object.entries((schema as { properties?: Record<string, object> } | undefined)?.properties ?? {})

test('there are routes of every kind', () => {
  expect(api.length).toBeGreaterThanOrEqual(7)
  expect(routes.length).toBeGreaterThan(api.length)
})

test.each(api)('$method $url: the examples match the schemas', ({ schema }) => {
  const answer = answerOf(routes, schema.operationId)
  expect([...Value.Errors(answer.schema, answer.example)]).toEqual([])
  const { examples = [] } = (schema.body ?? {}) as { examples?: unknown[] }
  for (const example of examples) expect(Value.Check(schema.body as TSchema, example)).toBe(true)
  expect(examples.length > 0).toBe(schema.body !== undefined)
})

test('the schema refuses a missing and an additional field', () => {
  const { schema, example } = answerOf(routes, 'readRecord')
  const { parked, ...without } = example as Record<string, unknown>
  expect(parked).toBe(0)
  expect(Value.Check(schema, without)).toBe(false)
  expect(Value.Check(schema, { ...without, parked: 0, another: 1 })).toBe(false)
})

test.each(routes)('$method $url is in /openapi.json by the schemas it validates by', (route) => {
  const operation = operationOf(route)
  const { params, querystring, body, response } = route.schema
  const expected = [
    ...propertiesOf(querystring).map(([name, schema]) => ({ in: 'query', name, schema })),
    ...propertiesOf(params).map(([name, schema]) => ({ in: 'path', name, schema })),
  ]
  const described = (operation?.parameters ?? []).map(({ in: place, name, schema }) => ({
    in: place,
    name,
    schema,
  }))
  const withoutDescription = ({ description: _, ...schema }: { description?: string }) => schema
  expect(described).toEqual(
    expected.map(({ schema, ...place }) => ({ ...place, schema: withoutDescription(schema) })),
  )
  expect(operation?.requestBody?.required).toBe(body === undefined ? undefined : true)
  if (body !== undefined) {
    const { examples: _, ...schema } = written(body) as { examples?: unknown }
    expect(operation?.requestBody?.content['application/json']?.schema).toMatchObject(schema)
  }
  expect(Object.keys(operation?.responses ?? {})).toEqual(Object.keys(response))
})

test.each(api)('$method $url documents its errors and its parameters', (route) => {
  const operation = operationOf(route)
  expect(operation?.security).toBeUndefined()
  expect(operation?.responses['200']).toMatchObject({
    headers: { 'Cache-Control': { schema: { type: 'string', const: 'no-store' } } },
  })
  expect(Object.keys(operation?.responses ?? {})).toEqual(
    expect.arrayContaining(['200', '401', '403', '500', '503']),
  )
  for (const [, name] of route.url.matchAll(/:(\w+)/g))
    expect(propertiesOf(route.schema.params).map(([param]) => param)).toContain(name)
})

test.each(api)('$method $url needs a token', async ({ method, url }) => {
  const server = await describedServer()
  const { statusCode, body } = await server.inject({ method: method as 'GET', url })
  expect([statusCode, JSON.parse(body).code]).toEqual([401, 'UNAUTHENTICATED'])
  await server.close()
})

test('every reference resolves and every named schema is a component', () => {
  const text = JSON.stringify(document)
  const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name as string,
  )
  expect(references.length).toBeGreaterThan(20)
  for (const name of references) expect(Object.keys(document.components.schemas)).toContain(name)
  expect(text).not.toContain('"$id"')
})

/** Every schema with a name, by it, as it is written where it stands. */
const namedIn = (node: unknown): [string, string][] => {
  if (typeof node !== 'object' || node === null) return []
  const { $id } = node as { $id?: unknown }
  return [
    ...(typeof $id === 'string' && !Array.isArray(node)
      ? [[$id, JSON.stringify(node)] as [string, string]]
      : []),
    ...Object.values(node).flatMap(namedIn),
  ]
}

test('a schema name is used once', () => {
  const byName = Map.groupBy(
    routes.flatMap(({ schema }) => namedIn(schema)),
    ([name]) => name,
  )
  expect(
    [...byName]
      .filter(([, those]) => new Set(those.map(([, text]) => text)).size > 1)
      .map(([name]) => name),
  ).toEqual([])
  expect(byName.size).toBeGreaterThan(50)
})

test('no address can hold an NHS number, a name or a birth date', () => {
  for (const { schema } of api)
    for (const [name] of [...propertiesOf(schema.params), ...propertiesOf(schema.querystring)])
      expect(name).not.toMatch(/nhs|birth|name|identifier/i)
})

test('every error an operation names is in the table', () => {
  const named = api.flatMap((route) =>
    Object.values(operationOf(route)?.responses ?? {}).flatMap(({ content }) =>
      Object.keys(content?.['application/problem+json']?.examples ?? {}),
    ),
  )
  expect(named.length).toBeGreaterThan(api.length)
  for (const code of named) expect(errors).toHaveProperty(code)
})

test('only clinicians and systems read records, only operators and systems the ledger', () => {
  const allowed = (permission: keyof typeof permissions) =>
    (Object.keys(roles) as ReaderRole[]).filter((role) => permits(role, permission))
  expect(allowed('read-record')).toEqual(['clinician', 'system'])
  expect(allowed('read-ledger')).toEqual(['system', 'operator'])
  expect(allowed('decide-identity')).toEqual(['identity-steward'])
})
