import type { Outgoing } from '@tideway/kafka/client'
import { unwrapEvent } from '@tideway/schemas/codec'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { knownResources } from '../references/known.fixture.ts'
import type { FoundResource } from '../retractions/found-resource.ts'
import { bundle, decoder, observation, system } from '../sender.fixture.ts'
import { callerOf, testServer } from './server.fixture.ts'

let app: FastifyInstance
let sent: Outgoing[] = []
const scope = 'system/*.cu'

const known: Readonly<Record<string, FoundResource>> = {
  'Observation/o1': { patientKey: 'X99|A1', key: '~Observation/o1' },
  'AllergyIntolerance/a1': { patientKey: 'X99|A1', key: 'ALL1' },
  'Patient/p1': { patientKey: 'X99|A1', key: '' },
}

beforeEach(async () => {
  sent = []
  app = await testServer(
    async (records) => void sent.push(...records),
    { claims: async (of?: string) => ({ sub: of?.slice('Bearer '.length) ?? '', scope }) },
    {},
    knownResources(known),
  )
})
afterEach(() => app.close())

const call = callerOf(() => app)
const events = () =>
  sent
    .filter(({ topic }) => topic === 'patientEvents')
    .map((record) => unwrapEvent(decoder(record as never)))

const condition = (type: string, more = '') =>
  `${type}?identifier=${system('X99', 'report')}|N1&patient.identifier=${system('X99')}|A1${more}`

const json = { 'content-type': 'application/json-patch+json' }
const replace = (path: string, value: unknown) => [{ op: 'replace', path, value }]
const concept = { coding: [{ code: 'entered-in-error' }] }
const byPath = (path: string, value: object, type = 'replace') => ({
  resourceType: 'Parameters',
  parameter: [
    {
      name: 'operation',
      part: [
        { name: 'type', valueCode: type },
        { name: 'path', valueString: path },
        { name: 'value', ...value },
      ],
    },
  ],
})

test.each([
  ['Observation/o1', replace('/status', 'entered-in-error'), json],
  ['AllergyIntolerance/a1', replace('/verificationStatus', concept), json],
  ['AllergyIntolerance/a1', replace('/verificationStatus/coding/0/code', 'entered-in-error'), json],
  ['Observation/o1', byPath('Observation.status', { valueCode: 'entered-in-error' }), {}],
  [
    'AllergyIntolerance/a1',
    byPath('AllergyIntolerance.verificationStatus', { valueCodeableConcept: concept }),
    {},
  ],
])('a patch of %s that only retracts it is honoured', async (url, patch, headers) => {
  const answer = await call('PATCH', `/fhir/${url}`, patch, headers)
  expect([answer.status, events().length]).toEqual([200, 1])
  expect(JSON.stringify(events()[0]?.body)).toContain('entered-in-error')
})

test.each([
  ['another status', replace('/status', 'final'), json],
  ['another element', replace('/valueString', '6.9'), json],
  ['a status and more', [...replace('/status', 'entered-in-error'), ...replace('/note', [])], json],
  [
    'a condition first',
    [{ op: 'test', path: '/status', value: 'final' }, ...replace('/status', 'entered-in-error')],
    json,
  ],
  ['the verification of an observation', replace('/verificationStatus', concept), json],
  ['no list', { op: 'replace' }, json],
  ['nothing', [], json],
  ['no JSON', '[{"op":', json],
  [
    'a member twice',
    '[{"op":"replace","path":"/status","value":"final","value":"entered-in-error"}]',
    json,
  ],
  ['another path', byPath('Observation.value', { valueString: 'entered-in-error' }), {}],
  ['a delete of the element', byPath('Observation.status', {}, 'delete'), {}],
  ['a whole resource', observation('K', { valueString: '1' }), {}],
])('a patch with %s is refused, never applied in part', async (_, patch, headers) => {
  const answer = await call('PATCH', '/fhir/Observation/o1', patch, headers)
  expect([answer.status, answer.faults, sent]).toEqual([
    422,
    [['UNSUPPORTED_PATCH', 'resource']],
    [],
  ])
})

test('a patch in a batch is honoured by condition', async () => {
  const data = Buffer.from(JSON.stringify(replace('/status', 'entered-in-error'))).toString(
    'base64',
  )
  const answer = await call(
    'POST',
    '/fhir',
    bundle('batch', {
      resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data },
      request: { method: 'PATCH', url: condition('MedicationRequest') },
    }),
  )
  expect(answer.json.entry[0].response.status).toBe('200')
  expect(events()).toMatchObject([{ body: { prescriptionId: 'N1', status: 'entered-in-error' } }])
})

test('a patch of another media type is refused', async () => {
  const answer = await call('PATCH', '/fhir/Observation/o1', '<a/>', {
    'content-type': 'text/html',
  })
  expect([answer.status, answer.faults]).toEqual([
    415,
    [['UNSUPPORTED_MEDIA_TYPE', 'Content-Type']],
  ])
})
