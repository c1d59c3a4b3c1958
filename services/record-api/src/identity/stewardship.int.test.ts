import { randomUUID } from 'node:crypto'
import { connectIdentity, demographics, until } from '@tideway/identity-service/stack.fixture'
import { publicId } from '@tideway/schemas/public-id'
import { unsaid } from '@tideway/schemas/events.generated'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openServer, tokenOf } from '../http/open-server.fixture.ts'
import { decisionPublisher } from './publish-decision.ts'

const addresses = {
  mongodbUrl: process.env['MONGODB_URL'] ?? '',
  issuer: process.env['OIDC_ISSUER'] ?? '',
}
const run = randomUUID().slice(0, 8)
let server: Awaited<ReturnType<typeof openServer>>
let line: Awaited<ReturnType<typeof connectIdentity>>
let identity: ReturnType<(typeof line)['open']>
let decisions: ReturnType<typeof decisionPublisher>
let steward = ''
let clinician = ''

beforeAll(async () => {
  server = await openServer(addresses, undefined, undefined, undefined, undefined, (decision) =>
    decisions.publish(decision),
  )
  line = await connectIdentity(run, server.mongo)
  decisions = decisionPublisher(line)
  identity = line.open()
  steward = await tokenOf(addresses.issuer, 'identity-steward', 'RJZ')
  clinician = await tokenOf(addresses.issuer, 'clinician', 'RJZ')
  await until(identity.ready, Boolean)
})
afterAll(async () => {
  await identity?.close()
  await decisions?.close()
  await line?.close()
  await server?.close()
})

const post = (path: string, body: object, token = steward) =>
  server.call(token, 'POST', `/api/identity/${path}`, body)
const named = (organisation: string, identifier: string) => ({
  organisation,
  identifier: `${run}-${identifier}`,
})
const membersOf = (person: { members: { organisation: string }[] }) =>
  person.members.map(({ organisation }) => organisation).toSorted()
const twin = (given: string, sex: string) =>
  demographics({
    ...{ nhsNumber: '9434765919', birthDate: '2020-05-06', sex },
    names: [{ ...unsaid.PersonName(), family: 'Shah', given: [given] }],
  })
const recordOf = async (patient: string) =>
  (await server.call(clinician, 'GET', `/api/patients/${publicId(line.keyOf(patient))}/record`))
    .body
const known = (patient: string) =>
  until(
    () => line.personOf(patient),
    (person) => person !== null,
  )

test('twins with one misallocated NHS number are two records, and neither is complete', async () => {
  await line.say('RJZ|amira', twin('Amira', 'FEMALE'))
  await line.say('RJ1|zayn', twin('Zayn', 'MALE'))
  await known('RJZ|amira')
  await known('RJ1|zayn')
  const record = await until(
    () => recordOf('RJZ|amira'),
    ({ completeness }) =>
      completeness.reasons.some(({ code }: { code: string }) => code === 'identity-undecided'),
  )
  expect(record.patients).toHaveLength(1)
  expect(record.complete).toBe(false)

  const { body } = await server.call(steward, 'GET', '/api/identity/work-items')
  expect(body.items).toMatchObject([{ kind: 'number-shared', sides: [{}, {}] }])

  const pair = { a: named('RJZ', 'amira'), b: named('RJ1', 'zayn'), reason: 'twins' }
  const apart = await post('keep-apart', pair)
  expect([apart.status, apart.body.effective]).toEqual([200, true])
  expect((await server.call(steward, 'GET', '/api/identity/work-items')).body).toEqual({
    items: [],
  })
})

test('a steward links two numbers, the record is of both, and unlinking takes it back', async () => {
  const of = (family: string) =>
    demographics({
      ...{ nhsNumber: null, nhsNumberStatus: null, birthDate: '1944-01-09' },
      names: [{ ...unsaid.PersonName(), family, given: ['Ivy'] }],
    })
  await line.say('RJZ|ivy', of('Frost'))
  await line.say('RJ1|ivy', of('Lindqvist'))
  await known('RJZ|ivy')
  await known('RJ1|ivy')
  const before = await recordOf('RJZ|ivy')
  const pair = { a: named('RJZ', 'ivy'), b: named('RJ1', 'ivy'), reason: 'married' }
  const linked = await post('link', pair)
  expect([linked.status, linked.body.effective]).toEqual([200, true])
  expect(linked.body.persons.map(membersOf)).toEqual([['RJ1', 'RJZ']])
  expect((await recordOf('RJZ|ivy')).patients).toHaveLength(2)
  const found = await post('persons/search', named('RJ1', 'ivy'))
  expect(membersOf(found.body.person)).toEqual(['RJ1', 'RJZ'])

  const { body } = await post('unlink', { patient: named('RJ1', 'ivy'), reason: 'wrong' })
  expect(body.persons.map(membersOf)).toEqual([['RJ1']])
  expect({ ...(await recordOf('RJZ|ivy')), asOf: null, completeness: null }).toEqual({
    ...before,
    ...{ asOf: null, completeness: null },
  })
})

test('after a merge the record of the survivor has the allergy of the other number', async () => {
  await line.say('RJZ|prior', demographics({ nhsNumber: null, birthDate: '1955-02-03' }))
  await line.say('RJZ|survivor', demographics({ nhsNumber: null, birthDate: '1955-03-02' }))
  const allergy = { ...unsaid.AllergyReported(), allergyId: 'A1' }
  const code = { ...unsaid.Coded(), code: '91936005', text: 'Penicillin' }
  await line.say('RJZ|prior', { ...allergy, code, category: 'DRUG' })
  await known('RJZ|survivor')
  await line.say('RJZ|survivor', {
    ...unsaid.PatientsMerged(),
    ...{ surviving: [], prior: [], priorKeys: [line.keyOf('RJZ|prior')] },
    survivingKey: line.keyOf('RJZ|survivor'),
  })
  const record = await until(
    () => recordOf('RJZ|survivor'),
    ({ patients }) => patients.length === 2,
  )
  expect(JSON.stringify(record)).toContain('Penicillin')
  expect(
    record.completeness.reasons.map(({ code: reason }: { code: string }) => reason),
  ).not.toContain('merge-not-followed')
})

test('only a steward decides, and about numbers that are known', async () => {
  const pair = { a: named('RJZ', 'ivy'), b: named('RJ1', 'nobody'), reason: 'why' }
  expect((await post('link', pair, clinician)).status).toBe(403)
  const unknown = await post('link', pair)
  expect([unknown.status, unknown.body.code]).toEqual([404, 'NO_SUCH_NUMBER'])
  expect(JSON.stringify(unknown.body)).not.toContain(run)
  expect((await post('link', { ...pair, reason: ' ' })).status).toBe(400)
  expect((await post('link', { ...pair, b: pair.a })).body.code).toBe('SAME_NUMBER')
  expect(
    (await post('resolve-conflict', { workItem: 'x', decision: 'same-person', reason: 'r' }))
      .status,
  ).toBe(404)
})
