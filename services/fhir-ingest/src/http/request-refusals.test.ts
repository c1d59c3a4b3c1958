import { gzipSync } from 'node:zlib'
import { BearerError } from '@tideway/http/bearer-token'
import type { Outgoing } from '@tideway/kafka/client'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundle, observation, patient, post } from '../sender.fixture.ts'
import { expectRefusal, type RefusedCase } from './refused.fixture.ts'
import { callerOf, testServer } from './server.fixture.ts'

let app: FastifyInstance
let sent: Outgoing[] = []
let scope = 'system/*.cu'

const tokens = {
  claims: async (authorization?: string) => {
    if (authorization === undefined) throw new BearerError('UNAUTHENTICATED')
    return { sub: authorization.slice('Bearer '.length), scope }
  },
}

beforeEach(async () => {
  sent = []
  scope = 'system/*.cu'
  app = await testServer(async (records) => void sent.push(...records), tokens)
})
afterEach(() => app.close())

const call = callerOf(() => app)

const dangling = observation('K', { valueQuantity: { value: 1 } })

test.each<RefusedCase>([
  [
    'a condition on another identifier',
    '/fhir/Patient',
    patient(),
    { 'if-none-exist': 'name=Ng' },
    412,
    [['CONDITION_UNKNOWN', 'If-None-Exist']],
  ],
  [
    'a version',
    '/fhir/Patient',
    patient(),
    { 'if-match': 'W/"1"' },
    412,
    [['VERSION_UNKNOWN', 'If-Match']],
  ],
  [
    'an unknown client',
    '/fhir/Patient',
    patient(),
    { authorization: 'Bearer stranger' },
    403,
    [['UNKNOWN_CLIENT', 'Authorization']],
  ],
  [
    'another media type',
    '/fhir/Patient',
    'a,b',
    { 'content-type': 'text/csv' },
    415,
    [['UNSUPPORTED_MEDIA_TYPE', 'Content-Type']],
  ],
  [
    'another character set',
    '/fhir/Patient',
    patient(),
    { 'content-type': 'application/fhir+json; charset=iso-8859-1' },
    415,
    [['UNSUPPORTED_MEDIA_TYPE', 'Content-Type']],
  ],
  ...['5.0', '"5.0"', '3.0', '1.0', '4.3', '14.0'].map(
    (version): RefusedCase => [
      `FHIR version ${version}`,
      '/fhir/Patient',
      patient(),
      { 'content-type': `application/fhir+json; fhirVersion=${version}` },
      415,
      [['UNSUPPORTED_MEDIA_TYPE', 'Content-Type']],
    ],
  ),
  [
    'invalid gzip',
    '/fhir/Patient',
    'x',
    { 'content-encoding': 'gzip' },
    415,
    [['UNSUPPORTED_MEDIA_TYPE', 'Content-Encoding']],
  ],
  [
    'truncated gzip',
    '/fhir/Patient',
    gzipSync(JSON.stringify(patient())).subarray(0, 40),
    { 'content-encoding': 'gzip' },
    415,
    [['UNSUPPORTED_MEDIA_TYPE', 'Content-Encoding']],
  ],
  [
    'another content encoding',
    '/fhir/Patient',
    patient(),
    { 'content-encoding': 'br' },
    415,
    [['UNSUPPORTED_MEDIA_TYPE', 'Content-Encoding']],
  ],
  ['nothing', '/fhir', '', {}, 400, [['NOT_JSON', 'body']]],
  ['a list', '/fhir', '[]', {}, 400, [['NOT_JSON', 'body']]],
  ['deeply nested lists', '/fhir', '['.repeat(90_000), {}, 400, [['NOT_JSON', 'body']]],
  [
    'an external entity',
    '/fhir/Patient',
    '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><Patient xmlns="http://hl7.org/fhir"><id value="&f;"/></Patient>',
    { 'content-type': 'application/fhir+xml' },
    400,
    [['XML_FORBIDDEN', 'body']],
  ],
  [
    'an answer in another format',
    '/fhir/Patient',
    patient(),
    { accept: 'text/html' },
    406,
    [['NOT_ACCEPTABLE', 'Accept']],
  ],
])('%s is refused, with every fault and its place, and nothing is stored', async (...refused) => {
  await expectRefusal(call, refused)
  expect(sent).toEqual([])
})

test.each(['4.0', '"4.0"', '4.0.1', ' 4.0 ; charset=utf-8'])(
  'FHIR version %s is R4',
  async (version) => {
    const headers = { 'content-type': `application/fhir+json; fhirVersion=${version}` }
    expect((await call('POST', '/fhir/Patient', patient(), headers)).status).toBe(201)
  },
)

test('a token is required', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/fhir',
    payload: '{}',
    headers: { 'content-type': 'application/fhir+json' },
  })
  expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([
    401,
    'Bearer realm="tideway"',
  ])
})

test('a resource out of scope rejects the whole request', async () => {
  scope = 'system/Observation.c'
  const answer = await call(
    'POST',
    '/fhir',
    bundle('transaction', post(patient(), 'urn:uuid:p'), post(dangling)),
  )
  expect([answer.status, answer.faults]).toEqual([
    403,
    [['OUT_OF_SCOPE', 'Bundle.entry[0].resource']],
  ])
  expect(sent).toEqual([])
})
