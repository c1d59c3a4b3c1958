import { gzipSync } from 'node:zlib'
import { BearerError } from '@tideway/http/bearer-token'
import type { Outgoing } from '@tideway/kafka/client'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundle, decoder, encoder, observation, patient, post, system } from '../sender.fixture.ts'
import { callerOf, testServer } from './server.fixture.ts'

let app: FastifyInstance
let sent: Outgoing[] = []
let publish = async (records: readonly Outgoing[]): Promise<void> => void sent.push(...records)
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
  publish = async (records) => void sent.push(...records)
  app = await testServer((records) => publish(records), tokens)
})
afterEach(() => app.close())

const call = callerOf(() => app)
const topicsOf = () => sent.map(({ topic }) => topic)

test('a created patient is durable before the answer, and gets the same id each time', async () => {
  const first = await call('POST', '/fhir/Patient', patient())
  expect([first.status, first.text]).toEqual([201, ''])
  expect(first.headers['location']).toMatch(/^\/fhir\/Patient\/[A-Za-z0-9.-]{22}$/)
  expect(topicsOf()).toEqual(['patientEvents', 'rawMessages', 'fhirResources'])
  const message = decoder<{ type: string; answered: string; bytes: Buffer }>(sent[1] as Outgoing)
  expect(message).toMatchObject({
    type: 'FHIR Patient',
    answered: '201',
    bytes: Buffer.from(JSON.stringify(patient())),
  })
  const again = await call('POST', '/fhir/Patient', patient('A1', { gender: 'female' }))
  expect(again.headers['location']).toBe(first.headers['location'])
})

test('the same bytes get the same addresses, even without ids or identifiers, and even as another message', async () => {
  const nameless = observation(
    'K',
    { valueQuantity: { value: 6.1 } },
    { subject: { identifier: { system: system('X99'), value: 'A1' } } },
  )
  const alone = async () => (await call('POST', '/fhir/Observation', nameless)).headers['location']
  const first = await alone()
  expect(first).toMatch(/^\/fhir\/Observation\/[A-Za-z0-9.-]{22}$/)
  expect(await alone()).toBe(first)
  const put = {
    resource: patient('A1', { id: 'p1' }),
    request: { method: 'PUT', url: 'Patient/p1' },
  }
  const together = async () =>
    (await call('POST', '/fhir', bundle('transaction', put, post(nameless)))).json.entry.map(
      ({ response }: { response: { location: string } }) => response.location,
    )
  const both = await together()
  expect(both).toEqual(['/fhir/Patient/p1', expect.stringMatching(/^\/fhir\/Observation\//)])
  expect(await together()).toEqual(both)
})

test.each([
  [
    'with its own time is the same message',
    patient('A1', { id: 'p1', meta: { lastUpdated: '2026-07-01T09:15:00Z' } }),
    1,
  ],
  ['without one is another message', patient('A1', { id: 'p1' }), 2],
])('the same PUT again: an update %s', async (_, body, messages) => {
  const put = () => call('PUT', '/fhir/Patient/p1', body)
  const answers = [await put(), await put()]
  expect(answers.map(({ status, headers }) => [status, headers['location']])).toEqual([
    [200, '/fhir/Patient/p1'],
    [200, '/fhir/Patient/p1'],
  ])
  expect(
    new Set(sent.filter(({ topic }) => topic === 'rawMessages').map(({ key }) => key)).size,
  ).toBe(messages)
  expect(
    new Set(
      sent
        .filter(({ topic }) => topic === 'patientEvents')
        .map(
          ({ value }) =>
            decoder<{ messageId: string }>({ topic: 'patientEvents', value }).messageId,
        ),
    ).size,
  ).toBe(messages)
})

test('without the log the answer is 503 with Retry-After', async () => {
  publish = () => Promise.reject(new Error('away'))
  const answer = await call('POST', '/fhir/Patient', patient())
  expect([answer.status, answer.headers['retry-after'], answer.faults]).toEqual([
    503,
    '5',
    [['LOG_UNAVAILABLE', null]],
  ])
})

const dangling = observation('K', { valueQuantity: { value: 1 } })

test('a fault in one entry of a batch fails that entry, in a transaction the whole', async () => {
  const entries = [
    post(patient(), 'urn:uuid:p'),
    post(observation('K', { valueQuantity: { value: 1 } })),
    post({ ...dangling, status: undefined } as never),
  ]
  const batch = await call('POST', '/fhir', bundle('batch', ...entries))
  expect([
    batch.status,
    (batch.json as { entry: { response: { status: string } }[] }).entry.map(
      ({ response }) => response.status,
    ),
  ]).toEqual([200, ['201', '201', '422']])
  expect(topicsOf()).toEqual(['patientEvents', 'patientEvents', 'rawMessages', 'fhirResources'])
  const transaction = await call('POST', '/fhir', bundle('transaction', ...entries))
  expect([transaction.status, transaction.faults]).toEqual([
    422,
    [['MISSING_ELEMENT', 'Bundle.entry[2].resource.status']],
  ])
  expect(sent).toHaveLength(4)
})

test('an unmapped type is parked, and answered 202', async () => {
  const answer = await call('POST', '/fhir/Basic', { resourceType: 'Basic', code: { text: 'x' } })
  expect([answer.status, topicsOf()]).toEqual([202, ['parkedMessages', 'rawMessages']])
  expect(answer.text).toContain('UNSUPPORTED_TYPE')
})

test('an event that cannot be encoded parks the message, and the answer says so', async () => {
  await app.close()
  const encode = ((topic: 'rawMessages', value: never) => {
    if ((topic as string) === 'patientEvents') throw new TypeError('a defect')
    return encoder(topic, value)
  }) as typeof encoder
  app = await testServer((records) => publish(records), tokens, { encode })
  const answer = await call('POST', '/fhir/Patient', patient())
  expect([answer.status, topicsOf()]).toEqual([202, ['parkedMessages', 'rawMessages']])
  expect(answer.text).toContain('UNEXPECTED')
  expect(decoder<{ answered: string; parked: boolean }>(sent[1] as Outgoing)).toMatchObject({
    answered: '202',
    parked: true,
    problem: { code: 'UNEXPECTED' },
  })
})

test('gzip in, XML in and out, and Prefer', async () => {
  expect(
    (
      await call('POST', '/fhir/Patient', gzipSync(JSON.stringify(patient())), {
        'content-encoding': 'gzip',
      })
    ).status,
  ).toBe(201)
  expect(
    (
      await call('POST', '/fhir/Patient', gzipSync(Buffer.alloc(200_000, 32)), {
        'content-encoding': 'gzip',
      })
    ).status,
  ).toBe(413)
  const inXml = `<Patient xmlns="http://hl7.org/fhir"><identifier><system value="${system('X99')}"/><value value="A1"/></identifier></Patient>`
  const answer = await call('POST', '/fhir/Patient', inXml, {
    'content-type': 'application/fhir+xml',
    accept: '*/*',
    prefer: 'return=representation',
  })
  expect([answer.status, answer.headers['content-type']]).toEqual([
    201,
    'application/fhir+xml; charset=utf-8',
  ])
  expect(answer.text).toMatch(
    /^<Patient xmlns="http:\/\/hl7.org\/fhir"><id value="[^"]+"\/><identifier><system /,
  )
  expect(
    (
      await call('POST', '/fhir/Patient', patient('A1', { photo: [{ title: 'x' }] }), {
        prefer: 'return=OperationOutcome',
      })
    ).text,
  ).toContain('Patient.photo')
})

test('a client over its rate limit is answered 429, another client is not', async () => {
  for (let n = 0; n < 50; n++) await call('POST', '/fhir/Patient', patient())
  const answer = await call('POST', '/fhir/Patient', patient())
  expect([answer.status, answer.faults]).toEqual([429, [['TOO_MANY_REQUESTS', null]]])
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  expect(
    (await call('POST', '/fhir/Patient', patient(), { authorization: 'Bearer client-xl1' })).status,
  ).toBe(201)
})

test('the CapabilityStatement is public; other addresses are 404, other methods 405', async () => {
  expect((await app.inject('/fhir/metadata')).json()).toMatchObject({
    resourceType: 'CapabilityStatement',
  })
  expect((await app.inject('/other')).statusCode).toBe(404)
  expect((await call('GET' as 'POST', '/fhir/Patient/1', '')).status).toBe(405)
})
