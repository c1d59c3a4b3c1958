import type { Outgoing } from '@tideway/kafka/client'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundle, observation } from '../sender.fixture.ts'
import { expectRefusal, type RefusedCase } from './refused.fixture.ts'
import { callerOf, testServer } from './server.fixture.ts'

let app: FastifyInstance
let sent: Outgoing[] = []

const tokens = {
  claims: async (authorization?: string) => {
    return { sub: authorization?.slice('Bearer '.length) ?? '', scope: 'system/*.cu' }
  },
}

beforeEach(async () => {
  sent = []
  app = await testServer(async (records) => void sent.push(...records), tokens)
})
afterEach(() => app.close())

const call = callerOf(() => app)

test.each<RefusedCase>([
  [
    'a status outside its value set',
    '/fhir/Observation',
    observation('K', { valueString: '1' }, { status: 'Entered-in-error' }),
    {},
    422,
    [['INVALID_VALUE', 'Observation.status']],
  ],
  [
    'a member twice',
    '/fhir/Observation',
    '{"resourceType":"Observation","status":"entered-in-error","status":"final"}',
    {},
    400,
    [['DUPLICATE_MEMBER', 'Observation.status']],
  ],
  [
    'a single element twice in XML',
    '/fhir/Flag',
    '<Flag xmlns="http://hl7.org/fhir"><status value="active"/><status value="inactive"/><code><text value="x"/></code><subject><display value="x"/></subject></Flag>',
    { 'content-type': 'application/fhir+xml' },
    422,
    [['INVALID_STRUCTURE', 'Flag.status']],
  ],
  [
    'a search in a batch',
    '/fhir',
    bundle('transaction', { request: { method: 'GET', url: 'Patient/1' } }),
    {},
    422,
    [['UNSUPPORTED_METHOD', 'Bundle.entry[0].request.method']],
  ],
])('%s is refused, with every fault and its place, and nothing is stored', async (...refused) => {
  await expectRefusal(call, refused)
  expect(sent).toEqual([])
})
