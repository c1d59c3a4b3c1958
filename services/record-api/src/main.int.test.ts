import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { killServices, startService } from '@tideway/runtime/child-service.fixture'
import { generate } from 'selfsigned'
import { afterEach, expect, test } from 'vitest'
import { tokenOf } from './http/open-server.fixture.ts'

afterEach(killServices)

const start = async (more: NodeJS.ProcessEnv = {}) => {
  const service = startService(new URL('main.ts', import.meta.url), {
    ENVIRONMENT: 'development',
    RECORD_API_PORT: '0',
    HEALTH_PORT: '0',
    LOG_LEVEL: 'info',
    SOURCES_DIR: new URL('../../../schemas/sources', import.meta.url).pathname,
    ...more,
  })
  const { addresses, health } = (await service.line('listening')) as {
    addresses: { port: number }[]
    health: number
  }
  return { ...service, port: addresses[0]?.port as number, health }
}

/** A connection of which the test decides when each byte is sent. */
const dial = async (port: number) => {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await once(socket, 'connect')
  return { socket, text: () => text, closed: once(socket, 'close') }
}
const refused = (port: number): Promise<boolean> =>
  dial(port).then(
    ({ socket }) => {
      socket.destroy()
      return false
    },
    (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED',
  )

test('on SIGTERM it answers requests in progress, refuses new ones and exits with 0', async () => {
  const { child, ended, port, health, output } = await start()
  const token = await tokenOf(process.env['OIDC_ISSUER'] ?? '', 'clinician', 'RJZ')
  const body = JSON.stringify({ organisation: 'RJZ', identifier: '1' })
  const idle = await dial(port)
  const asking = await dial(port)
  asking.socket.write(
    `POST /api/patients/search HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
  )
  const stuck = await dial(port)
  stuck.socket.write('GET /health/live HTTP/1.1\r\n')
  await wait(300)

  const began = performance.now()
  child.kill('SIGTERM')
  await idle.closed
  expect(performance.now() - began).toBeLessThan(3_000)
  for (let tries = 0; tries < 100 && !(await refused(port)); tries += 1) await wait(20)
  expect(await refused(port)).toBe(true)
  expect((await fetch(`http://127.0.0.1:${health}/health/live`)).status).toBe(200)
  expect([asking.text(), child.exitCode]).toEqual(['', null])

  asking.socket.write(body.slice(10))
  await asking.closed
  expect(asking.text()).toMatch(/^HTTP\/1\.1 200 /)
  expect(asking.text()).toMatch(/\r\nconnection: close\r\n/i)
  expect(JSON.parse(asking.text().split('\r\n\r\n')[1] ?? '')).toMatchObject({ patients: [] })
  await stuck.closed
  expect(await ended).toBe(0)
  expect(performance.now() - began).toBeLessThan(9_000)
  expect(output.err).toBe('')
})

test('every bad setting is named, and it exits with 2', async () => {
  const { ended, output } = startService(new URL('main.ts', import.meta.url), {
    ENVIRONMENT: 'development',
    RECORD_API_PORT: 'x',
    OIDC_ISSUER: '',
  })
  expect(await ended).toBe(2)
  expect(output.err).toContain('RECORD_API_PORT must be a whole number')
  expect(output.err).toContain('OIDC_ISSUER is missing')
})

test('with a certificate it serves HTTPS; in production it does not start without', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'record-api-'))
  const { cert, private: key } = await generate(undefined, { keySize: 2048 })
  const files = {
    RECORD_API_TLS_CERT_FILE: join(folder, 'cert.pem'),
    RECORD_API_TLS_KEY_FILE: join(folder, 'key.pem'),
  }
  writeFileSync(files.RECORD_API_TLS_CERT_FILE, cert)
  writeFileSync(files.RECORD_API_TLS_KEY_FILE, key)
  const { port } = await start(files)
  const asked = request({
    ...{ port, host: '127.0.0.1', path: '/health/live', ca: cert },
    checkServerIdentity: () => undefined,
  }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  expect(answer.statusCode).toBe(200)
  answer.resume()
  rmSync(folder, { recursive: true })

  const { ended, output } = startService(new URL('main.ts', import.meta.url), {
    ENVIRONMENT: 'production',
    RECORD_API_PORT: '0',
  })
  expect(await ended).toBe(2)
  expect(output.err).toContain('RECORD_API_TLS_CERT_FILE and RECORD_API_TLS_KEY_FILE are missing')
})
