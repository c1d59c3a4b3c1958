import type { Outgoing } from '@tideway/kafka/client'
import { unwrapEvent } from '@tideway/schemas/codec'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { knownResources } from '../references/known.fixture.ts'
import type { FoundResource } from '../retractions/found-resource.ts'
import { bundle, decoder, patient, post } from '../sender.fixture.ts'
import { callerOf, testServer } from './server.fixture.ts'

let app: FastifyInstance
let sent: Outgoing[] = []
let scope = 'system/*.cu'

const known: Readonly<Record<string, FoundResource>> = {
  'Observation/o1': { patientKey: 'X99|A1', key: '~Observation/o1' },
  'AllergyIntolerance/a1': { patientKey: 'X99|A1', key: 'ALL1' },
  'Patient/p1': { patientKey: 'X99|A1', key: '' },
}

beforeEach(async () => {
  sent = []
  scope = 'system/*.cu'
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
const archived = () =>
  sent
    .filter(({ topic }) => topic === 'rawMessages')
    .map((record) => decoder<MessageReceived>(record as never))

test('a delete of what this client sent retracts it, and is archived as a transaction', async () => {
  const answer = await call('DELETE', '/fhir/AllergyIntolerance/a1', '')
  expect([answer.status, answer.text]).toEqual([204, ''])
  expect(events()).toMatchObject([
    {
      patientKey: 'X99|A1',
      place: 'Bundle.entry[0].request',
      body: { allergyId: 'ALL1', verificationStatus: 'entered-in-error' },
    },
  ])
  expect(JSON.parse(String(archived()[0]?.bytes))).toEqual(
    bundle('transaction', { request: { method: 'DELETE', url: 'AllergyIntolerance/a1' } }),
  )
})

test('a delete needs neither a body nor a media type', async () => {
  const headers = { authorization: 'Bearer client-x99' }
  const url = '/fhir/AllergyIntolerance/a1'
  expect((await app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204)
  expect(events()).toHaveLength(1)
})

test('a delete needs a token', async () => {
  const answer = await call('DELETE', '/fhir/AllergyIntolerance/a1', '', {
    authorization: 'Bearer stranger',
  })
  expect([answer.status, sent]).toEqual([403, []])
})

test('a delete of a patient removes the patient, as A29 does', async () => {
  expect((await call('DELETE', '/fhir/Patient/p1', '')).status).toBe(204)
  expect(events()).toMatchObject([{ patientKey: 'X99|A1', body: { type: 'PatientRemoved' } }])
})

test('a delete of what this client never sent is answered 404, and nothing is stored', async () => {
  const answer = await call('DELETE', '/fhir/Observation/o9', '')
  expect([answer.status, answer.faults, sent]).toEqual([
    404,
    [['NO_SUCH_RESOURCE', 'request.url']],
    [],
  ])
})

test('one delete of a transaction that is not found refuses the whole; one of a batch that entry', async () => {
  const entries = [
    post(patient(), 'urn:uuid:p'),
    { request: { method: 'DELETE', url: 'Observation/o9' } },
    { request: { method: 'DELETE', url: 'Observation/o1' } },
  ]
  const whole = await call('POST', '/fhir', bundle('transaction', ...entries))
  expect([whole.status, whole.faults, sent]).toEqual([
    404,
    [['NO_SUCH_RESOURCE', 'Bundle.entry[1].request.url']],
    [],
  ])
  const each = await call('POST', '/fhir', bundle('batch', ...entries))
  expect(
    each.json.entry.map((one: { response: { status: string } }) => one.response.status),
  ).toEqual(['201', '404', '204'])
  expect(events().map(({ body }) => body.type)).toEqual(
    expect.arrayContaining(['PatientDetailsReported', 'ResultReported']),
  )
})

test('a delete needs the scope to delete, or to update', async () => {
  scope = 'system/*.c'
  expect((await call('DELETE', '/fhir/Observation/o1', '')).faults).toEqual([
    ['OUT_OF_SCOPE', 'request'],
  ])
  scope = 'system/Observation.d'
  expect((await call('DELETE', '/fhir/Observation/o1', '')).status).toBe(204)
})
