import { earlyRequests, expectSafe, listeningRaw } from '@tideway/http/early-answers.fixture'
import { afterAll, expect, test } from 'vitest'
import { testServer } from './server.fixture.ts'

const app = await testServer(async () => undefined, {
  claims: async () => ({ sub: 'client-x99', scope: 'system/*.cu' }),
})
const ask = await listeningRaw(app)
afterAll(() => app.close())

const get = (path: string, method = 'GET', more = '', body = '') =>
  `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${more}\r\n${body}`
const json = 'Content-Type: application/fhir+json\r\n'
const half = 'Content-Length: 99\r\n'

test.each([
  ...earlyRequests('/fhir/Patient'),
  ['an id that is too long', get(`/fhir/Patient/${'PATIENT'.repeat(30)}`, 'PUT'), 414],
  ['a method that an address does not have', get('/fhir/Patient/PATIENT'), 405],
  ['a format that is not supported', get('/fhir/Patient?_format=PATIENT', 'POST'), 406],
  ['half a body', get('/fhir/Patient', 'POST', json + half, '{"PATIENT'), 408],
  ['refused, and its body never comes', get('/fhir/Patient', 'POST', half), 415],
  ['a type of content', get('/fhir/Patient', 'POST', 'Content-Type: text/PATIENT\r\n'), 415],
  [
    'a body that is too large',
    get('/fhir/Patient', 'POST', `${json}Content-Length: 999999\r\n`),
    413,
  ],
  [
    'content that is not JSON',
    get('/fhir/Patient', 'POST', `${json}Content-Length: 7\r\n`, 'PATIENT'),
    400,
  ],
])('%s', async (_, bytes, status) => {
  const answer = await ask(bytes)
  expectSafe(answer, status)
  const [, body = ''] = answer.split('\r\n\r\n')
  expect(JSON.parse(body)).toMatchObject({ resourceType: 'OperationOutcome' })
})
