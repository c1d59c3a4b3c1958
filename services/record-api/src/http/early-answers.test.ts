import { earlyRequests, expectSafe, listeningRaw } from '@tideway/http/early-answers.fixture'
import { afterAll, expect, test } from 'vitest'
import { describedServer } from './described.fixture.ts'

const app = await describedServer()
const ask = await listeningRaw(app)
afterAll(() => app.close())

const half = 'Content-Length: 9\r\n'
const get = (path: string, method = 'GET', more = '') =>
  `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${more}\r\n`

test.each([
  ...earlyRequests('/api/patients'),
  ['an id that is too long', get(`/api/patients/${'PATIENT'.repeat(30)}/record`), 414],
  ['a method that an address does not have', get('/health/live', 'DELETE'), 405],
  ['a method that no address has', get('/health/live', 'PROPFIND'), 405],
  ['refused, and its body never comes', get('/PATIENT', 'POST', half), 404],
  ['no token', get('/api/messages?source=PATIENT'), 401],
])('%s', async (_, bytes, status) => {
  const answer = await ask(bytes)
  expectSafe(answer, status)
  const [, body = ''] = answer.split('\r\n\r\n')
  expect(JSON.parse(body)).toMatchObject({ status, code: expect.any(String) })
})
