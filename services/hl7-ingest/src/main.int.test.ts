import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { killServices, startService } from '@tideway/runtime/child-service.fixture'
import { readConfig } from '@tideway/runtime/config'
import { connectKafka } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { kafkaBrokers } from '@tideway/runtime/common-settings'
import { generate } from 'selfsigned'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { talk, until } from './listen/mllp-peer.fixture.ts'

const sourcesDir = new URL('../../../schemas/sources', import.meta.url).pathname
afterEach(killServices)

const start = (settings: NodeJS.ProcessEnv) =>
  startService(new URL('main.ts', import.meta.url), {
    ENVIRONMENT: 'development',
    MLLP_PORT: '0',
    MLLP_SANDBOX_PORT: '0',
    HEALTH_PORT: '0',
    SOURCES_DIR: sourcesDir,
    LOG_LEVEL: 'info',
    ...settings,
  })

beforeAll(async () => {
  const { kafkaBrokers: brokers } = readConfig(process.env, { kafkaBrokers })
  await connectKafka(brokers, 'ingest-test', createLog('test', 'fatal')).ensureTopics(1)
})

test('every invalid setting is reported, and the process exits with 2', async () => {
  const { ended, output } = start({ MLLP_PORT: 'x', KAFKA_BROKERS: '' })
  expect(await ended).toBe(2)
  expect(output.err).toContain('MLLP_PORT must be a whole number')
  expect(output.err).toContain('KAFKA_BROKERS is missing')
})

test('accepts a message, serves health and metrics without its content, and exits with 0 on a signal', async () => {
  const { child, ended, line, output } = start({})
  const { ports, health } = (await line('listening')) as {
    ports: { sandbox: number }
    health: number
  }

  const socket = connect(ports.sandbox, '127.0.0.1')
  socket.write(
    '\x0bMSH|^~\\&|PAS|RXX|||20260701||ADT^A01|SECRETID|P|2.4\rEVN|A01|20260701\rPID|1||SECRETPATIENT^^^RXX^MR||SECRETNAME||SECRETDATE\rPV1|1|I\r\x1c\r\x0bSECRETNONSENSE\x1c\r',
  )
  let answers = ''
  while (answers.split('\x1c\r').length < 3) answers += String((await once(socket, 'data'))[0])
  expect(answers).toContain('MSA|AA|SECRETID')
  expect(answers).toContain('MSA|AR|')

  const ready = await fetch(`http://127.0.0.1:${health}/health/ready`)
  expect([ready.status, await ready.json()]).toEqual([200, { ready: true, missing: [] }])
  const metrics = await (await fetch(`http://127.0.0.1:${health}/metrics`)).text()
  for (const name of [
    'messages_received_total{source="sandbox"',
    'messages_refused_total{code="NOT_HL7"',
    'ack_seconds_bucket',
    'mllp_connections{listener="sandbox"} 1',
    'mllp_received_bytes_total',
    'commit_waiting',
    'messages_by_character_set_total',
  ]) {
    expect(metrics).toContain(`tideway_${name}`)
  }

  socket.end()
  child.kill('SIGHUP')
  await line('no TLS port, nothing to renew')
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(output.out + output.err + metrics).not.toContain('SECRET')
})

test('several workers share the ports: if one dies, only its connections are lost, and another replaces it', async () => {
  const { child, ended, line, output } = start({ INGEST_WORKERS: '2' })
  const { ports, health, workers } = (await line('listening')) as {
    ports: { sandbox: number }
    health: number
    workers: number
  }
  expect(workers).toBe(2)
  const takesOne = async (socket: Socket, id: string) => {
    const peer = talk(socket)
    peer.send(`MSH|^~\\&|PAS|RXX|||20260701||ADT^A99|${id}|P|2.4\rPID|1||1^^^RXX^MR\r`)
    await until(() => peer.answers().length === 1)
    expect(peer.msas()).toEqual([`MSA|AA|${id}`])
    return socket
  }
  const dialled = () => connect(ports.sandbox, '127.0.0.1')
  const open = await Promise.all(['W1', 'W2', 'W3', 'W4'].map((id) => takesOne(dialled(), id)))
  const count = async () =>
    (await (await fetch(`http://127.0.0.1:${health}/metrics`)).text())
      .split('\n')
      .find((text) => text.startsWith('tideway_mllp_connections{listener="sandbox"}'))
  expect(await count()).toMatch(/ 4$/)

  const [worker] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'latin1').split(
    ' ',
  )
  process.kill(Number(worker), 'SIGKILL')
  const ready = async () =>
    (await (await fetch(`http://127.0.0.1:${health}/health/ready`)).json()) as { missing: string[] }
  await expect.poll(async () => (await ready()).missing, { interval: 20 }).toEqual(['workers'])
  await expect.poll(() => open.filter((socket) => socket.closed).length).toBeGreaterThan(0)
  await pause(300)
  const left = open.filter((socket) => !socket.closed)
  expect(left.length).toBeGreaterThan(0)
  await Promise.all(left.map((socket, index) => takesOne(socket, `X${index}`)))
  await takesOne(dialled(), 'W5')
  await expect.poll(async () => (await ready()).missing, { timeout: 20_000 }).toEqual([])
  await Promise.all(['W6', 'W7'].map(async (id) => (await takesOne(dialled(), id)).end()))

  process.kill(-(child.pid as number), 'SIGTERM')
  expect(await ended).toBe(0)
  expect(output.out).not.toContain('took too long')
})

test('a new certificate is used without a restart and connections stay open; an invalid one leaves the old one in use', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'mllps-'))
  const files = { cert: join(dir, 'cert.pem'), key: join(dir, 'key.pem') }
  const certify = async (name: string): Promise<string> => {
    const {
      cert,
      private: key,
      fingerprint,
    } = await generate([{ name: 'commonName', value: name }], { keySize: 2048 })
    writeFileSync(files.cert, cert)
    writeFileSync(files.key, key)
    return fingerprint.replaceAll(':', '').toLowerCase()
  }
  const first = await certify('first.example')
  const { child, ended, line } = start({
    MLLP_TLS_PORT: '0',
    MLLP_TLS_CERT_FILE: files.cert,
    MLLP_TLS_KEY_FILE: files.key,
    INGEST_WORKERS: '1',
  })
  const { ports } = (await line('listening')) as { ports: { mllps: number } }
  const dial = async (): Promise<TLSSocket> => {
    const socket = connectTls({ port: ports.mllps, host: '127.0.0.1', rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    return socket
  }
  const shownBy = async () => {
    const socket = await dial()
    const shown = socket.getPeerX509Certificate()?.fingerprint.replaceAll(':', '').toLowerCase()
    socket.destroy()
    return shown
  }
  const open = talk(await dial())
  expect(await shownBy()).toBe(first)

  const second = await certify('second.example')
  expect(await shownBy()).toBe(first)
  child.kill('SIGHUP')
  expect(await line('certificate renewed')).toMatchObject({
    listener: 'mllps',
    validTo: expect.any(String),
  })
  expect(await shownBy()).toBe(second)

  writeFileSync(files.key, 'no key')
  child.kill('SIGHUP')
  await line('certificate not renewed, keeping the old one')
  expect(await shownBy()).toBe(second)

  open.send('MSH|^~\\&|PAS|NOBODY|||20260701||ADT^A01|ID1|P|2.4\rPID|1||1\r')
  await until(() => open.answers().length === 1)
  expect(open.msas()).toEqual([expect.stringContaining('MSA|AR|ID1')])
  open.socket.end()
  rmSync(dir, { recursive: true })
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})
