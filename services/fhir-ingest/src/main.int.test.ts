import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessageReceived, PatientEvent } from '@tideway/schemas/events.generated'
import { clientTokenOf } from '@tideway/http/client-token.fixture'
import { killServices, startService } from '@tideway/runtime/child-service.fixture'
import { readConfig } from '@tideway/runtime/config'
import { connectKafka } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { connectObjectStore } from '@tideway/object-store/client'
import { receivingTopics } from '@tideway/ingest/open-log'
import { connectRegistry } from '@tideway/kafka/registry'
import { kafkaBrokers, objectStore, schemaRegistryUrl } from '@tideway/runtime/common-settings'
import { generate } from 'selfsigned'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bundle, patient, system } from './sender.fixture.ts'
import { testServer } from './http/server.fixture.ts'

const bucket = `fhir-${randomUUID()}`
const settings = readConfig(
  { ...process.env, S3_BUCKET: bucket },
  { kafkaBrokers, schemaRegistryUrl, ...objectStore },
)
const sourcesDir = new URL('../../../schemas/sources', import.meta.url).pathname
const log = createLog('fhir-test', 'fatal')
const kafka = connectKafka(settings.kafkaBrokers, 'fhir-test', log)
const registry = connectRegistry(settings.schemaRegistryUrl)
const store = connectObjectStore(settings)
const messages: MessageReceived[] = []
const events: PatientEvent[] = []
const stops: (() => Promise<unknown>)[] = [async () => store.close()]

beforeAll(async () => {
  await kafka.ensureTopics(1)
  await registry.register([...receivingTopics, 'fhirResources'])
  await store.ensureBucket()
  const common = { gatherMs: 20, registry, onCrash: () => undefined }
  const raw = await kafka.consumer({
    ...common,
    topics: ['rawMessages'],
    groupId: `fhir-test-${randomUUID()}`,
    onBatch: async (_, { records }) =>
      void messages.push(...records.map(({ value }) => value).filter((value) => value !== null)),
  })
  const output = await kafka.consumer({
    ...common,
    topics: ['patientEvents'],
    groupId: `fhir-test-${randomUUID()}`,
    onBatch: async (_, { records }) =>
      void events.push(...records.map(({ value }) => value).filter((value) => value !== null)),
  })
  stops.push(raw.close, output.close)
})
afterEach(killServices)
afterAll(async () => {
  for (const stop of stops) await stop()
})

const start = (own: NodeJS.ProcessEnv) =>
  startService(new URL('main.ts', import.meta.url), {
    ENVIRONMENT: 'development',
    FHIR_PORT: '0',
    HEALTH_PORT: '0',
    SOURCES_DIR: sourcesDir,
    S3_BUCKET: bucket,
    LOG_LEVEL: 'debug',
    ...own,
  })

const ready = async ({ line }: ReturnType<typeof start>) => {
  const { addresses, health } = (await line('listening')) as {
    addresses: { port: number }[]
    health: number
  }
  return { port: addresses[0]?.port ?? 0, health }
}

const send = async (port: number, path: string, body: object, token: string) => {
  const answer = await fetch(`http://127.0.0.1:${port}/fhir${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
    body: JSON.stringify(body),
  })
  return {
    status: answer.status,
    text: await answer.text(),
    location: answer.headers.get('location'),
  }
}

const child = (value: string, more: object = {}) =>
  patient('', { identifier: [{ system: system('RJZ'), value }], ...more })

test('every invalid setting is reported, and the exit code is 2', async () => {
  const { ended, output } = start({ FHIR_PORT: 'x', KAFKA_BROKERS: '', OIDC_ISSUER: '' })
  expect(await ended).toBe(2)
  for (const fault of [
    'FHIR_PORT must be a whole number',
    'KAFKA_BROKERS is missing',
    'OIDC_ISSUER is missing',
  ])
    expect(output.err).toContain(fault)
})

test('stores the bytes and every event of a client of the issuer, and logs no value', async () => {
  const service = start({})
  const { port, health } = await ready(service)
  const id = `SECRET${randomUUID()}`
  const sent = child(id, { name: [{ family: 'SECRETNAME' }] })
  const answer = await send(port, '/Patient', sent, await clientTokenOf('RJZ'))
  expect([answer.status, answer.text]).toEqual([201, ''])
  await expect
    .poll(() => messages.find(({ patientKeys }) => patientKeys.includes(`RJZ|${id}`)))
    .toMatchObject({
      type: 'FHIR Patient',
      source: 'RJZ',
      answered: '201',
      bytes: Buffer.from(JSON.stringify(sent)),
      events: 1,
    })
  await expect
    .poll(() => events.find(({ patientKey }) => patientKey === `RJZ|${id}`))
    .toMatchObject({ place: 'Patient', body: { type: 'PatientDetailsReported' } })

  expect((await send(port, '/Patient', child('1'), await clientTokenOf('RJ2'))).status).toBe(403)
  expect(
    (await send(port, '/Patient', child('1'), await clientTokenOf('RJZ', 'system/Observation.c')))
      .status,
  ).toBe(403)
  expect((await send(port, '/Patient', child('1'), 'SECRETTOKEN')).status).toBe(401)
  for (const [wrong, status] of [
    [{ birthDate: 'SECRETDATE' }, 201],
    [{ identifier: 'SECRETNUMBER' }, 422],
  ] as const) {
    const token = await clientTokenOf('RJZ')
    const answer = await send(port, '/Patient', { ...child('1'), ...wrong }, token)
    expect(answer.status).toBe(status)
  }

  const health1 = await fetch(`http://127.0.0.1:${health}/health/ready`)
  expect([health1.status, await health1.json()]).toEqual([200, { ready: true, missing: [] }])
  const metrics = await (await fetch(`http://127.0.0.1:${health}/metrics`)).text()
  for (const name of [
    'fhir_messages_total{source="RJZ",type="FHIR Patient",outcome="OK",status="201"}',
    'fhir_requests_refused_total{code="INVALID_TOKEN"}',
    'fhir_answer_seconds_bucket',
    'fhir_held_bytes 0',
  ])
    expect(metrics).toContain(`tideway_${name}`)

  service.child.kill('SIGTERM')
  expect(await service.ended).toBe(0)
  expect(service.output.out + service.output.err + metrics + answer.location).not.toContain(
    'SECRET',
  )
})

test('a large message is in the object store before the answer', async () => {
  const service = start({})
  const { port } = await ready(service)
  const id = randomUUID()
  const data = Buffer.alloc(600_000, 'x').toString('base64')
  const document = {
    resourceType: 'DocumentReference',
    status: 'current',
    subject: { identifier: { system: system('RJZ'), value: id } },
    content: [{ attachment: { contentType: 'text/plain', data } }],
  }
  const answer = await send(
    port,
    '',
    bundle('collection', { resource: document }),
    await clientTokenOf('RJZ'),
  )
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('OperationOutcome')])
  await expect
    .poll(() => messages.some(({ patientKeys }) => patientKeys.includes(`RJZ|${id}`)))
    .toBe(true)
  const received = messages.find(({ patientKeys }) => patientKeys.includes(`RJZ|${id}`))
  expect(received?.bytes).toBeNull()
  expect((await store.get(received?.payload?.object ?? ''))?.length).toBe(received?.payload?.size)
  await expect
    .poll(() => events.find(({ patientKey }) => patientKey === `RJZ|${id}`)?.body)
    .toMatchObject({ attachment: { size: 600_000 } })
})

test('with a certificate it serves HTTPS', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'fhirs-'))
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'fhir.example' }], {
    keySize: 2048,
  })
  const files = {
    FHIR_TLS_CERT_FILE: join(dir, 'cert.pem'),
    FHIR_TLS_KEY_FILE: join(dir, 'key.pem'),
  }
  writeFileSync(files.FHIR_TLS_CERT_FILE, cert)
  writeFileSync(files.FHIR_TLS_KEY_FILE, key)
  const { port } = await ready(start(files))
  const asked = request({
    port,
    host: '127.0.0.1',
    path: '/fhir/metadata',
    ca: cert,
    checkServerIdentity: () => undefined,
  }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  expect(answer.statusCode).toBe(200)
  answer.resume()
  rmSync(dir, { recursive: true })
})

test('without a broker the answer is 503 within 5 s, and 201 when it is back', async () => {
  let away = true
  const publisher = await kafka.publisher()
  const tokens = { claims: async () => ({ sub: 'client-x99', scope: 'system/*.cu' }) }
  const publish: typeof publisher.publish = async (records) =>
    away
      ? (await connectKafka(['127.0.0.1:1'], 'nobody', log).publisher()).publish(records)
      : publisher.publish(records)
  const app = await testServer(publish, tokens, { encode: registry.encode })
  stops.push(() => app.close(), publisher.close)
  const id = randomUUID()
  const call = () =>
    app.inject({
      method: 'POST',
      url: '/fhir/Patient',
      payload: JSON.stringify(patient(id)),
      headers: { authorization: 'Bearer x', 'content-type': 'application/fhir+json' },
    })
  const began = performance.now()
  const refused = await call()
  expect(performance.now() - began).toBeLessThan(5_000)
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '5'])
  expect(refused.body).toContain('LOG_UNAVAILABLE')
  away = false
  expect((await call()).statusCode).toBe(201)
  await expect
    .poll(() => events.filter(({ patientKey }) => patientKey === `X99|${id}`))
    .toHaveLength(1)
})
