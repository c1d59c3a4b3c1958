import { storedIds } from '../chart/stored-ids.fixture.ts'
import { encodeObject } from '@tideway/schemas/archive'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { startTracing } from '@tideway/runtime/tracing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReaderRole } from '../chart/access.ts'
import { chartsOf } from '../chart/open-chart.ts'
import { nothingSeen } from '../completeness/line-view.ts'
import { bytesOf, entryFrom, eventsOf, record } from '../provenance/sample.fixture.ts'
import { requestMetrics } from '../http/request-metrics.ts'
import { buildServer } from '../http/server.ts'

const name = 'oru-r01'
const entry = entryFrom(eventsOf(name), 'report')
const told = { message: name, version: 'v', source: 'X99', place: 'PID[1]', nth: 0, count: 1 }
const head = {
  _id: entry.patient,
  id: 'p',
  nhsNumber: null,
  birthDate: null,
  notShownOfPatient: [{ ...told, places: ['OBX[1]-5'] }],
}
const places = new Map([[name, { object: 'an-object', position: 0 }]])
const objects = new Map<string, Buffer>()
let role: ReaderRole = 'clinician'

const coverage = { first: 0, last: 0, skipped: [], archivedAt: new Date() }
const archived = record(name)
const asPayload = {
  ...archived,
  message: {
    ...archived.message,
    bytes: null,
    payload: { hash: 'ab', object: 'payloads/ab', size: 1 },
  },
}

const store = {
  head: async ([id]: string[]) => (id === 'p' ? head : null),
  carriers: async () => [],
  headsOfKeys: async () => [],
  personOf: async () => null,
  entry: async ([id]: string[]) => (id === entry.id ? entry : null),
  archiveOf: async () => places,
}
const authentication = {
  subject: async () => ({ who: 's', name: null, role, organisation: 'X99', level: null }),
  answers: async () => true,
}
const sources = {
  store,
  ids: storedIds,
  archive: { get: async (key: string) => objects.get(key) ?? null },
  line: () => nothingSeen,
}
const services = {
  charts: chartsOf(sources as unknown as Parameters<typeof chartsOf>[0]),
  names: new Map(),
  now: () => new Date(),
}
const ports = {
  services,
  authentication,
  checks: {},
  tls: null,
  issuer: 'http://127.0.0.1',
  log: createLog('record-api', 'error'),
  metrics: requestMetrics(createMetrics()),
  tracing: startTracing('record-api', null),
}
let app: Awaited<ReturnType<typeof buildServer>>

beforeAll(async () => {
  app = await buildServer(ports as unknown as Parameters<typeof buildServer>[0])
})
afterAll(() => app?.close())

const ask = (query: string, accept = 'application/json') =>
  app.inject({
    method: 'GET',
    url: `/api/patients/p/entries/${entry.id}/source${query}`,
    headers: { authorization: 'Bearer x', accept },
  })

test('a message not archived yet is pending; a missing object is an unavailable archive', async () => {
  places.clear()
  const pending = await ask('')
  expect([pending.statusCode, pending.json().code, pending.headers['retry-after']]).toEqual([
    503,
    'ARCHIVE_PENDING',
    '10',
  ])
  places.set(name, { object: 'an-object', position: 0 })
  expect((await ask('')).json()).toMatchObject({ code: 'ARCHIVE_UNAVAILABLE', status: 503 })
})

test('the text comes from the archive object or from a large payload', async () => {
  objects.set('an-object', await encodeObject([archived], coverage))
  const answer = (await ask('?field=observations[0].value')).json()
  expect(answer.messages[0]).toMatchObject({
    message: name,
    archive: { object: 'an-object', position: 0 },
    segments: [{ place: 'OBX[1]', fields: [{ text: '6.8' }] }],
  })
  objects
    .set('an-object', await encodeObject([asPayload], coverage))
    .set('payloads/ab', bytesOf(name))
  expect((await ask('?field=observations[0].value')).json().messages).toEqual([
    { ...answer.messages[0], payload: 'payloads/ab' },
  ])
})

test('a browser gets a page without scripts', async () => {
  const page = await ask(
    '?field=observations[0].value',
    'text/html,application/xhtml+xml,*/*;q=0.8',
  )
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
  expect(page.headers['cache-control']).toBe('no-store')
  expect(page.body).toContain('||<mark>6.8</mark>|')
})

test('another message at that place is not shown', async () => {
  objects.set(
    'an-object',
    await encodeObject([{ ...archived, message: { ...archived.message, id: 'other' } }], coverage),
  )
  expect((await ask('')).json()).toMatchObject({ code: 'ARCHIVE_UNAVAILABLE' })
})

test('the source needs the permission and the patient of its entry', async () => {
  role = 'operator'
  expect((await ask('')).statusCode).toBe(403)
  role = 'clinician'
  expect((await ask('?field=a..b')).json()).toMatchObject({
    code: 'INVALID_REQUEST',
    errors: [{ field: 'field' }],
  })
  expect(
    (
      await app.inject({
        method: 'GET',
        url: '/api/patients/q/entries/x/source',
        headers: { authorization: 'Bearer x' },
      })
    ).json().code,
  ).toBe('NO_SUCH_PATIENT')
})

test('what is in no entry of a source patient is read from its message', async () => {
  places.set(name, { object: 'an-object', position: 0 })
  objects.set('an-object', await encodeObject([archived], coverage))
  const sourceOf = (accept: string) =>
    app.inject({
      method: 'GET',
      url: '/api/patients/p/source',
      headers: { authorization: 'Bearer x', accept },
    })
  const { statusCode, json } = await sourceOf('application/json')
  expect(statusCode).toBe(200)
  expect(json()).toMatchObject({
    patient: 'p',
    field: 'notShown',
    messages: [
      {
        segments: [
          {
            place: 'OBX[1]',
            fields: [{ field: 'notShown.places[0]', place: 'OBX[1]-5', text: '6.8' }],
          },
        ],
      },
    ],
  })
  expect(json()).not.toHaveProperty('entry')
  expect((await sourceOf('text/html')).body).toContain('<mark>6.8</mark>')
})
