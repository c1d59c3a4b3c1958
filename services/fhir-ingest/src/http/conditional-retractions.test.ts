import type { Outgoing } from '@tideway/kafka/client'
import { unwrapEvent } from '@tideway/schemas/codec'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { knownResources } from '../references/known.fixture.ts'
import type { FoundResource } from '../retractions/found-resource.ts'
import { bundle, decoder, observation, patient, post, system } from '../sender.fixture.ts'
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

const condition = (type: string, more = '') =>
  `${type}?identifier=${system('X99', 'report')}|N1&patient.identifier=${system('X99')}|A1${more}`
const deletion = (url: string, more: object = {}) =>
  bundle('transaction', { request: { method: 'DELETE', url, ...more } })

test.each([
  ['Observation', '', { reportId: 'N1', status: 'entered-in-error' }],
  ['DiagnosticReport', '&code=http://loinc.org|24323-8', { reportId: 'N1^24323-8' }],
  ['MedicationRequest', '', { prescriptionId: 'N1', status: 'entered-in-error' }],
  ['CarePlan', '', { resourceKey: 'CarePlan N1', status: 'entered-in-error' }],
  ['Encounter', '', { type: 'AdmissionCancelled', encounterId: 'N1' }],
  ['RelatedPerson', '', { contactId: 'N1', status: 'inactive' }],
])('%s is deleted by its identifier and that of its patient', async (type, more, body) => {
  const { status } = await call('POST', '/fhir', deletion(condition(type, more)))
  expect(status).toBe(200)
  expect(events()).toMatchObject([{ patientKey: 'X99|A1', body }])
})

test.each([
  ['no identifier', `Observation?patient.identifier=${system('X99')}|A1`],
  ['no patient', `Observation?identifier=${system('X99', 'report')}|N1`],
  ['another parameter', condition('Observation', '&status=final')],
  ['a parameter twice', condition('Observation', `&identifier=${system('X99', 'report')}|N2`)],
  ['a report without its code', condition('DiagnosticReport')],
  ['a request, whose key has more', condition('ServiceRequest')],
])('a condition with %s is refused', async (_, url) => {
  const answer = await call('POST', '/fhir', deletion(url))
  expect([answer.status, answer.faults, sent]).toEqual([
    412,
    [['CONDITION_UNKNOWN', 'Bundle.entry[0].request.url']],
    [],
  ])
})

test.each([
  ['Basic/b1', {}, 422, 'UNSUPPORTED_METHOD', 'url'],
  ['Observation', {}, 422, 'UNSUPPORTED_METHOD', 'url'],
  ['Observation/o1', { ifMatch: 'W/"1"' }, 412, 'VERSION_UNKNOWN', 'ifMatch'],
])('a delete of %s %j is refused', async (url, more, status, code, at) => {
  const answer = await call('POST', '/fhir', deletion(url, more))
  expect([answer.status, answer.faults, sent]).toEqual([
    status,
    [[code, `Bundle.entry[0].request.${at}`]],
    [],
  ])
})

test.each(['DELETE', 'PATCH'] as const)(
  'a conditional %s by address is refused',
  async (method) => {
    const answer = await call(
      method,
      `/fhir/${condition('Observation').replaceAll('|', '%7C')}`,
      '[]',
    )
    expect([answer.status, answer.faults, sent]).toEqual([
      422,
      [['CONDITION_IN_ADDRESS', 'url']],
      [],
    ])
  },
)

test('another organisation cannot delete what is not its own', async () => {
  const other = deletion(
    `Observation?identifier=${system('XL1', 'report')}|N1&patient.identifier=${system('XL1')}|A1`,
  )
  const answer = await call('POST', '/fhir', other)
  expect([answer.status, answer.faults[0]?.[0], sent]).toEqual([403, 'OTHER_ORGANISATION', []])
})

test('the same entry deleted and stated in one transaction is refused', async () => {
  const number = [{ system: system('X99', 'report'), value: 'N1' }]
  const answer = await call(
    'POST',
    '/fhir',
    bundle(
      'transaction',
      post(patient(), 'urn:uuid:p'),
      post(observation('K', { valueString: '1' }, { identifier: number })),
      { request: { method: 'DELETE', url: condition('Observation') } },
    ),
  )
  expect([answer.status, answer.faults[0]?.[0], sent]).toEqual([422, 'DUPLICATE_ENTRY', []])
})
