import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { errors } from '@tideway/fhir/fault'
import { testServer } from './server.fixture.ts'

type Document = {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { description: string }>; security?: unknown[] }>
  >
  components: { schemas: object }
}

let app: FastifyInstance
let document: Document
beforeAll(async () => {
  app = await testServer(async () => undefined, {
    claims: async () => ({ sub: 'client-x99', scope: '' }),
  })
  document = (await app.inject({ url: '/openapi.json' })).json()
})
afterAll(() => app.close())

test('without a token it tells every route that there is', () => {
  const told = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => [path, method.toUpperCase()]),
  )
  expect(told).toHaveLength(5)
  for (const [path = '', method] of told)
    expect([
      path,
      app.hasRoute({ method: method as 'GET', url: path.replace(/\{(\w+)\}/g, ':$1') }),
    ]).toEqual([path, true])
})

test('every way to be refused is under its status', () => {
  const { responses = {} } = document.paths['/fhir']?.['post'] ?? {}
  for (const [code, { status, text }] of Object.entries(errors))
    if (status >= 400) expect(responses[status]?.description).toContain(`${code}: ${text}`)
})

test('what it refers to is there', () => {
  for (const [, name = ''] of JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g))
    expect(document.components.schemas).toHaveProperty(name)
})

test('a browser reads it on a page of its own files, which the page says are all it may load', async () => {
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

test('what speaks FHIR has no page for a browser', async () => {
  for (const url of ['/fhir', '/fhir/metadata', '/fhir/Patient?x=1'])
    expect((await app.inject({ url, headers: { accept: 'text/html' } })).statusCode).toBe(406)
})
