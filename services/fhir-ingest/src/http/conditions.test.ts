import type { Outgoing } from '@tideway/kafka/client'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundle, patient, system } from '../sender.fixture.ts'
import { callerOf, testServer } from './server.fixture.ts'

let app: FastifyInstance
let sent: Outgoing[] = []
beforeEach(async () => {
  sent = []
  app = await testServer(async (records) => void sent.push(...records), {
    claims: async () => ({ sub: 'client-x99', scope: 'system/*.cu' }),
  })
})
afterEach(() => app.close())
const call = callerOf(() => app)

const own = `identifier=${system('X99')}|A1`

test('If-None-Exist with an identifier of the resource itself: creating it twice gives one resource', async () => {
  const create = () => call('POST', '/fhir/Patient', patient(), { 'if-none-exist': own })
  const [first, again] = [await create(), await create()]
  expect([first.status, again.status, again.headers['location']]).toEqual([
    201,
    201,
    first.headers['location'],
  ])
  const keys = sent.filter(({ topic }) => topic === 'rawMessages').map(({ key }) => String(key))
  expect([keys.length, new Set(keys).size]).toEqual([2, 1])
})

test.each([
  ['another number', `identifier=${system('X99')}|B2`],
  ['another system', `identifier=${system('XL1')}|A1`],
  ['no system', 'identifier=A1'],
  ['a name', 'family=Ng'],
  ['a second condition', `${own}&active=true`],
  ['nothing', ''],
])('If-None-Exist with %s is rejected', async (_, condition) => {
  const answer = await call('POST', '/fhir/Patient', patient(), { 'if-none-exist': condition })
  expect([answer.status, answer.faults, sent]).toEqual([
    412,
    [['CONDITION_UNKNOWN', 'If-None-Exist']],
    [],
  ])
})

const entry = (request: object, resource: object = patient()) => ({
  resource,
  request: { method: 'POST', url: 'Patient', ...request },
})

test.each([
  ['ifNoneExist', { ifNoneExist: own }, 201, []],
  [
    'ifNoneExist with another identifier',
    { ifNoneExist: 'family=Ng' },
    412,
    [['CONDITION_UNKNOWN', 'Bundle.entry[0].request.ifNoneExist']],
  ],
  ['ifMatch', { ifMatch: 'W/"1"' }, 412, [['VERSION_UNKNOWN', 'Bundle.entry[0].request.ifMatch']]],
  [
    'an id other than its own',
    { method: 'PUT', url: 'Patient/p2' },
    400,
    [['WRONG_ID', 'Bundle.entry[0].resource.id']],
  ],
  [
    'an address with a search',
    { method: 'PUT', url: `Patient?${own}` },
    422,
    [['UNSUPPORTED_METHOD', 'Bundle.entry[0].request.method']],
  ],
])(
  'an entry with %s: the same in a batch and in a transaction',
  async (_, request, status, faults) => {
    const one = entry(request, patient('A1', { id: 'p1' }))
    const batch = await call('POST', '/fhir', bundle('batch', one))
    const [answered] = (
      batch.json as {
        entry: {
          response: {
            status: string
            outcome?: { issue: { details: { coding: { code: string }[] } }[] }
          }
        }[]
      }
    ).entry
    expect([
      batch.status,
      answered?.response.status,
      answered?.response.outcome?.issue.map(({ details }) => details.coding[0]?.code) ?? [],
    ]).toEqual([200, String(status), faults.map(([code]) => code)])
    const transaction = await call('POST', '/fhir', bundle('transaction', one))
    expect([transaction.status, transaction.faults]).toEqual([
      faults.length === 0 ? 200 : status,
      faults,
    ])
  },
)

test.each([
  ['If-Match', { 'if-match': 'W/"3"' }, 412, [['VERSION_UNKNOWN', 'If-Match']]],
  ['no version', {}, 200, []],
])('an update with %s', async (_, headers, status, faults) => {
  const answer = await call(
    'PUT',
    '/fhir/Patient/p1',
    patient('A1', { id: 'p1' }),
    headers as Record<string, string>,
  )
  expect([answer.status, answer.faults, sent.length > 0]).toEqual([
    status,
    faults,
    faults.length === 0,
  ])
})

test.each([
  ['another id', { id: 'p2' }],
  ['no id', {}],
])('an update of a resource with %s other than its address is rejected', async (_, more) => {
  const answer = await call('PUT', '/fhir/Patient/p1', patient('A1', more))
  expect([answer.status, answer.faults, sent]).toEqual([400, [['WRONG_ID', 'Patient.id']], []])
})

test('an update without an id is not a method of the address', async () => {
  expect((await call('PUT', '/fhir/Patient', patient('A1', { id: 'p1' }))).status).toBe(405)
})

test.each([
  ['nothing', {}, '', []],
  ['return=minimal', { prefer: 'return=minimal' }, '', []],
  ['an unknown preference', { prefer: 'handling=lenient' }, '', []],
  ['return=representation', { prefer: 'return=representation' }, 'Patient', ['resource']],
  [
    'return=OperationOutcome',
    { prefer: 'respond-async, return=OperationOutcome' },
    'OperationOutcome',
    ['outcome'],
  ],
])(
  'Prefer with %s: the answer to a resource, and to each entry',
  async (_, headers, type, inEntry) => {
    const one = await call('POST', '/fhir/Patient', patient(), headers as Record<string, string>)
    expect([one.status, one.json?.resourceType ?? '']).toEqual([201, type])
    const all = await call(
      'POST',
      '/fhir',
      bundle('transaction', entry({})),
      headers as Record<string, string>,
    )
    const [first] = (
      all.json as unknown as { type: string; entry: { response: object; resource?: object }[] }
    ).entry
    expect([
      all.status,
      [...Object.keys(first ?? {}), ...Object.keys(first?.response ?? {})].filter(
        (name) => name === 'resource' || name === 'outcome',
      ),
    ]).toEqual([200, inEntry])
    if (type === 'Patient')
      expect([one.json, first?.resource]).toEqual([
        { ...patient(), id: one.headers['location']?.toString().split('/').at(-1) },
        one.json,
      ])
  },
)

test('a rejection has its faults whatever the Prefer header, in the format requested', async () => {
  for (const prefer of ['return=minimal', 'return=representation'])
    expect(
      (await call('POST', '/fhir/Patient', patient('A1', { identifier: 'x' }), { prefer })).faults,
    ).toEqual([['INVALID_STRUCTURE', 'Patient.identifier']])
  const inXml = await call('POST', '/fhir/Patient', patient('A1', { identifier: 'x' }), {
    accept: 'application/fhir+xml',
  })
  expect([inXml.status, inXml.headers['content-type']]).toEqual([
    422,
    'application/fhir+xml; charset=utf-8',
  ])
  expect(inXml.text).toMatch(
    /^<OperationOutcome xmlns="http:\/\/hl7.org\/fhir"><issue><severity value="error"\/>.*<expression value="Patient.identifier"\/>/,
  )
})
