import { randomUUID } from 'node:crypto'
import { clientTokenOf } from '@tideway/http/client-token.fixture'
import { receivingTopics } from '@tideway/ingest/open-log'
import { connectKafka } from '@tideway/kafka/client'
import { connectRegistry } from '@tideway/kafka/registry'
import { connectObjectStore } from '@tideway/object-store/client'
import { killServices, startService } from '@tideway/runtime/child-service.fixture'
import { kafkaBrokers, objectStore, schemaRegistryUrl } from '@tideway/runtime/common-settings'
import { readConfig } from '@tideway/runtime/config'
import { createLog } from '@tideway/runtime/log'
import type { MessageParked, PatientEvent } from '@tideway/schemas/events.generated'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { observation } from '../sender.fixture.ts'

const bucket = `fhir-${randomUUID()}`
const settings = readConfig(
  { ...process.env, S3_BUCKET: bucket },
  { kafkaBrokers, schemaRegistryUrl, ...objectStore },
)
const kafka = connectKafka(settings.kafkaBrokers, 'references-test', createLog('test', 'fatal'))
const registry = connectRegistry(settings.schemaRegistryUrl)
const store = connectObjectStore(settings)
const events: PatientEvent[] = []
const parked: MessageParked[] = []
const stops: (() => Promise<unknown>)[] = [async () => store.close()]

beforeAll(async () => {
  await kafka.ensureTopics(1)
  await registry.register(receivingTopics)
  await store.ensureBucket()
  const common = { gatherMs: 20, registry, onCrash: () => undefined }
  const reading = await Promise.all([
    kafka.consumer({
      ...common,
      topics: ['patientEvents'],
      groupId: `references-test-${randomUUID()}`,
      onBatch: async (_, { records }) =>
        void events.push(...records.flatMap(({ value }) => value ?? [])),
    }),
    kafka.consumer({
      ...common,
      topics: ['parkedMessages'],
      groupId: `references-test-${randomUUID()}`,
      onBatch: async (_, { records }) =>
        void parked.push(...records.flatMap(({ value }) => value ?? [])),
    }),
  ])
  stops.push(...reading.map(({ close }) => close))
})
afterEach(killServices)
afterAll(async () => {
  for (const stop of stops) await stop()
})

const started = async () => {
  const service = startService(new URL('../main.ts', import.meta.url), {
    ENVIRONMENT: 'development',
    FHIR_PORT: '0',
    HEALTH_PORT: '0',
    SOURCES_DIR: new URL('../../../../schemas/sources', import.meta.url).pathname,
    S3_BUCKET: bucket,
  })
  const { addresses } = (await service.line('listening')) as { addresses: { port: number }[] }
  const token = await clientTokenOf('RJZ')
  const send = async (method: 'POST' | 'PUT', path: string, body: object): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${addresses[0]?.port}/fhir/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      body: JSON.stringify(body),
    })
    await answer.text()
    return answer.status
  }
  return { ...service, send }
}

const patientOf = (id: string) => ({ resourceType: 'Patient', id, birthDate: '1960-02-01' })
const about = (id: string) =>
  observation(
    'K',
    { valueQuantity: { value: 6.1 } },
    { id: `o-${id}`, subject: { reference: `Patient/${id}` } },
  )
const resultsOf = (id: string) =>
  events.filter(({ body }) => body.type === 'ResultReported' && body.reportId.endsWith(`/o-${id}`))

test('what was sent before a restart resolves after it', async () => {
  const id = randomUUID()
  const first = await started()
  expect(await first.send('PUT', `Patient/${id}`, patientOf(id))).toBe(200)
  first.child.kill('SIGKILL')
  await first.ended
  const second = await started()
  expect(await second.send('POST', 'Observation', about(id))).toBe(201)
  await expect.poll(() => resultsOf(id)).toHaveLength(1)
  expect(resultsOf(id)[0]?.patientKey).toMatch(/^RJZ\|fhir:/)
})

test('two processes: a moment later at the other; and the reference first', async () => {
  const [one, two] = await Promise.all([started(), started()])
  const before = randomUUID()
  expect(await one.send('PUT', `Patient/${before}`, patientOf(before))).toBe(200)
  expect(await two.send('POST', 'Observation', about(before))).toBe(201)

  const early = randomUUID()
  expect(await one.send('POST', 'Observation', about(early))).toBe(202)
  expect(await two.send('PUT', `Patient/${early}`, patientOf(early))).toBe(200)
  await expect.poll(() => resultsOf(early).length, { timeout: 15_000 }).toBeGreaterThan(0)
  const [result] = resultsOf(early)
  await expect
    .poll(() => parked.findLast(({ messageId }) => messageId === result?.messageId)?.state, {
      timeout: 15_000,
    })
    .toBe('RELEASED')
  expect(new Set(resultsOf(early).map((event) => event.id))).toHaveLength(1)
})
