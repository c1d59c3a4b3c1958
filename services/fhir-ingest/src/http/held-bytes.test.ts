import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { patient } from '../sender.fixture.ts'
import { createHeldBytes } from './held-bytes.ts'
import { testServer } from './server.fixture.ts'

/** Limits of the fixture: bodies of 100 KB, 1 MB in all, and half of that for one client. */
const held = createHeldBytes()
const tokens = {
  claims: async (authorization = '') => ({
    sub: authorization.slice('Bearer '.length),
    scope: 'system/*.cu',
  }),
}
const app = await testServer(async () => undefined, tokens, { held })
await app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.server.address() as AddressInfo
afterAll(() => app.close())

/** Sends most of a body, and not the rest. */
const trickle = async (client: string) => {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(
    `POST /fhir/Patient HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${client}\r\nContent-Type: application/fhir+json\r\nContent-Length: 95000\r\n\r\n${' '.repeat(90_000)}`,
  )
  return { socket, answer: () => answer.split('\r\n')[0] }
}
const create = async (client: string) => {
  const answer = await fetch(`http://127.0.0.1:${port}/fhir/Patient`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client}`, 'content-type': 'application/fhir+json' },
    body: JSON.stringify(patient()),
  })
  await answer.arrayBuffer()
  return answer.status
}

test('one client holds half of the memory at most, so that its slow bodies do not block others', async () => {
  const slow = await Promise.all(Array.from({ length: 20 }, () => trickle('client-x99')))
  const refused = () => slow.filter(({ answer }) => answer()?.startsWith('HTTP/1.1 503')).length
  await expect.poll(refused, { timeout: 20_000 }).toBe(15)
  expect(held.of('client-x99')).toBe(5 * 90_000)
  expect(await create('client-x99')).toBe(201)
  expect(await create('client-xl1')).not.toBe(503)
  for (const { socket } of slow) socket.destroy()
  await expect.poll(held.total, { timeout: 20_000 }).toBe(0)
})
