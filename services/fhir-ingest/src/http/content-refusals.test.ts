import type { Outgoing } from '@tideway/kafka/client'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundle, observation, patient, post, system } from '../sender.fixture.ts'
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

const dangling = observation('K', { valueQuantity: { value: 1 } })
const bomb =
  '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><Patient xmlns="http://hl7.org/fhir"><id value="&b;"/></Patient>'
const many = bundle(
  'collection',
  ...Array.from({ length: 101 }, () => ({
    resource: { resourceType: 'Basic', code: { text: 'x' } },
  })),
)

test.each<RefusedCase>([
  ['invalid JSON', '/fhir', '{"resourceType":', {}, 400, [['NOT_JSON', 'body']]],
  [
    'invalid XML',
    '/fhir',
    '<Patient xmlns="http://hl7.org/fhir"><id',
    { 'content-type': 'application/fhir+xml' },
    400,
    [['NOT_XML', 'body']],
  ],
  [
    'an XML entity bomb',
    '/fhir/Patient',
    bomb,
    { 'content-type': 'application/fhir+xml' },
    400,
    [['XML_FORBIDDEN', 'body']],
  ],
  [
    'wrong types',
    '/fhir/Patient',
    patient('A1', { birthDate: 1960, active: 'yes', identifier: 'x' }),
    {},
    422,
    [
      ['INVALID_STRUCTURE', 'Patient.active'],
      ['INVALID_STRUCTURE', 'Patient.identifier'],
      ['INVALID_STRUCTURE', 'Patient.birthDate'],
    ],
  ],
  [
    'an unknown resource',
    '/fhir',
    { resourceType: 'Persona' },
    {},
    400,
    [['UNKNOWN_RESOURCE', 'body']],
  ],
  [
    'an unknown resource in an entry',
    '/fhir',
    bundle('collection', { resource: { resourceType: 'Persona' } }),
    {},
    400,
    [['UNKNOWN_RESOURCE', 'Bundle.entry[0].resource']],
  ],
  [
    'a missing subject',
    '/fhir/Observation',
    { ...dangling, subject: undefined },
    {},
    422,
    [['MISSING_SUBJECT', 'Observation.subject']],
  ],
  [
    'a dangling reference',
    '/fhir/Observation',
    dangling,
    {},
    422,
    [['DANGLING_REFERENCE', 'Observation.subject.reference']],
  ],
  [
    'a missing element',
    '/fhir/Observation',
    { ...dangling, status: undefined },
    {},
    422,
    [['MISSING_ELEMENT', 'Observation.status']],
  ],
  ['too many entries', '/fhir', many, {}, 413, [['TOO_MANY_ENTRIES', 'Bundle.entry']]],
  ['a body over the limit', '/fhir', 'x'.repeat(100_001), {}, 413, [['TOO_LARGE', 'body']]],
  [
    'duplicate identities',
    '/fhir',
    bundle(
      'collection',
      { fullUrl: 'urn:uuid:1', resource: patient('A1', { id: 'p' }) },
      { fullUrl: 'urn:uuid:2', resource: patient('A2', { id: 'p' }) },
    ),
    {},
    422,
    [['DUPLICATE_ENTRY', 'Bundle.entry[1].resource']],
  ],
  [
    'duplicate identifiers',
    '/fhir',
    bundle('transaction', post(patient(), 'urn:uuid:1'), post(patient(), 'urn:uuid:2')),
    {},
    422,
    [['DUPLICATE_ENTRY', 'Bundle.entry[1].resource']],
  ],
  [
    'another organisation',
    '/fhir/Patient',
    patient('A1', { identifier: [{ system: system('XL1'), value: '1' }] }),
    {},
    403,
    [['OTHER_ORGANISATION', 'Patient.identifier']],
  ],
  [
    'an unknown patient',
    '/fhir/Patient',
    patient('A1', { identifier: [{ system: 'http://elsewhere.example', value: '1' }] }),
    {},
    422,
    [['UNKNOWN_PATIENT', 'Patient.identifier']],
  ],
  ['a search', '/fhir', bundle('searchset'), {}, 422, [['UNSUPPORTED_BUNDLE', 'Bundle.type']]],
  [
    'a deletion of what was never sent, in a transaction',
    '/fhir',
    bundle('transaction', { request: { method: 'DELETE', url: 'Patient/1' } }),
    {},
    404,
    [['NO_SUCH_RESOURCE', 'Bundle.entry[0].request.url']],
  ],
  [
    'another type than the address',
    '/fhir/Observation',
    patient(),
    {},
    400,
    [['WRONG_TYPE', 'Patient']],
  ],
  [
    'no message',
    '/fhir/$process-message',
    bundle('collection', { resource: patient() }),
    {},
    400,
    [['WRONG_TYPE', 'Bundle']],
  ],
])('%s is refused, with every fault and its place, and nothing is stored', async (...refused) => {
  await expectRefusal(call, refused)
  expect(sent).toEqual([])
})

test.each([
  [
    'a string in place of a quantity',
    'Observation',
    { ...dangling, status: 'x', valueQuantity: 'secret '.repeat(100) },
    2,
  ],
  [
    'a string in a list in place of a quantity',
    'Observation',
    { ...dangling, status: 'x', valueQuantity: ['secret '.repeat(100)] },
    2,
  ],
])('%s gives a short answer that repeats nothing sent', async (_, type, body, faults) => {
  const answer = await call('POST', `/fhir/${type}`, body)
  expect([answer.status, answer.faults.length]).toEqual([422, faults])
  expect(answer.text.length).toBeLessThan(40_000)
  expect(answer.text).not.toContain('secret ')
})
