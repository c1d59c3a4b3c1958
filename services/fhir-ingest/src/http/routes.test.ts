import { misdescribed, watchRoutes } from '@tideway/http/described-routes.fixture'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describedErrors } from '../outcomes.ts'
import { patient } from '../sender.fixture.ts'
import { callerOf, testServer } from './server.fixture.ts'

type Operation = {
  responses: Record<string, { description: string }>
  parameters?: { name: string; in: string }[]
  security?: unknown[]
}
type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: object }
}

const registered = watchRoutes()
let app: FastifyInstance
let document: Document
beforeAll(async () => {
  app = await testServer(async () => undefined, {
    claims: async () => ({ sub: 'client-x99', scope: 'system/*.cu' }),
  })
  document = (await app.inject({ url: '/openapi.json' })).json()
})
afterAll(() => app.close())

test('every route is in the OpenAPI document, with the schemas that validate it', () => {
  const content = registered.filter(({ url }) => url.startsWith('/fhir'))
  expect(content.map(({ method, url }) => `${String(method)} ${url}`)).toEqual([
    'GET /fhir/metadata',
    'POST /fhir',
    'POST /fhir/$process-message',
    'POST /fhir/:type',
    'PUT /fhir/:type/:id',
    'DELETE /fhir/:type/:id',
    'PATCH /fhir/:type/:id',
    'DELETE /fhir/:type',
    'PATCH /fhir/:type',
  ])
  expect(misdescribed(document, registered)).toEqual([])
})

test('a route that is missing from the document, or described differently, is found', () => {
  const [create] = registered.filter(({ url }) => url === '/fhir/:type')
  const other = { ...create, url: '/fhir/:type/other' } as never
  const stricter = {
    ...create,
    schema: { ...create?.schema, params: { properties: { type: { type: 'string' } } } },
  } as never
  expect(misdescribed(document, [other])).toContain(
    'POST /fhir/{type}/other is not in the document',
  )
  expect(misdescribed(document, [stricter])).toContain('POST /fhir/{type}: parameters differ')
})

test.each([
  ['POST', '/fhir/patient', 'type'],
  ['PUT', '/fhir/Patient/a_b', 'id'],
  ['PUT', `/fhir/Patient/${'a'.repeat(65)}`, 'id'],
  ['POST', '/fhir/Patient?_format=json&_format=json', '_format'],
] as const)(
  '%s %s: an invalid parameter is answered with an OperationOutcome',
  async (method, url, at) => {
    const answer = await callerOf(() => app)(method, url, patient('A1', { id: 'a_b' }))
    expect([answer.status, answer.json?.resourceType, answer.faults]).toEqual([
      400,
      'OperationOutcome',
      [['INVALID_REQUEST', at]],
    ])
  },
)

test('every error is listed under its status', () => {
  const { responses = {} } = document.paths['/fhir']?.['post'] ?? {}
  for (const [code, { status, text }] of Object.entries(describedErrors))
    if (status >= 400) expect(responses[status]?.description).toContain(`${code}: ${text}`)
})

test('every reference resolves', () => {
  const references = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)]
  expect(references.length).toBeGreaterThan(10)
  for (const [, name = ''] of references) expect(document.components.schemas).toHaveProperty(name)
})

test('the CapabilityStatement needs no token', () => {
  expect(document.paths['/fhir/metadata']?.['get']?.security).toEqual([])
})

test('the documentation page loads only its own files, as its policy requires', async () => {
  const get = (url: string, accept: string) => app.inject({ url, headers: { accept } })
  const page = await get('/docs/', 'text/html')
  expect([page.statusCode, page.headers['content-type']]).toEqual([
    200,
    expect.stringContaining('text/html'),
  ])
  expect(page.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/)
  expect(page.body).toContain('<title>Tideway fhir-ingest</title>')
  expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)|https?:\/\//)
  const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(
    ([, file]) => new URL(file as string, 'http://docs/docs/').pathname,
  )
  expect(files).toContain('/docs/static/swagger-initializer.js')
  for (const file of files)
    expect([file, (await get(file, 'image/png')).statusCode]).toEqual([file, 200])
  expect((await get('/docs/json', 'application/json')).json()).toEqual(document)
  expect((await get('/docs/static/nothing', 'text/html')).statusCode).toBe(404)
})

test('the FHIR interface has no HTML', async () => {
  for (const url of ['/fhir', '/fhir/metadata', '/fhir/Patient?x=1'])
    expect((await app.inject({ url, headers: { accept: 'text/html' } })).statusCode).toBe(406)
})
