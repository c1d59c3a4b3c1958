import { randomBytes, randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { archivePlace } from '@tideway/schemas/documents/archive-place'
import { bytesOf, readRecord } from '@tideway/object-store/archived-message'
import { clientTokenOf } from '@tideway/http/client-token.fixture'
import { killServices, startService } from '@tideway/runtime/child-service.fixture'
import { readConfig } from '@tideway/runtime/config'
import { connectKafka } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { connectMongo } from '@tideway/mongo/client'
import { connectObjectStore } from '@tideway/object-store/client'
import { maxInlineBytes } from '@tideway/ingest/large-payloads'
import { receivingTopics } from '@tideway/ingest/open-log'
import { connectRegistry } from '@tideway/kafka/registry'
import {
  kafkaBrokers,
  mongodbUrl,
  objectStore,
  schemaRegistryUrl,
} from '@tideway/runtime/common-settings'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { archivedMessages } from './archive/read-archive.ts'
import { openEpoch } from './epoch/open-epoch.ts'

const own = `archiver-fhir-${randomBytes(4).toString('hex')}`
const settings = readConfig(
  { ...process.env, S3_BUCKET: own },
  { kafkaBrokers, schemaRegistryUrl, mongodbUrl, ...objectStore },
)
const kafka = connectKafka(settings.kafkaBrokers, own, createLog('archiver-test', 'error'))
const store = connectObjectStore(settings)
const mongo = await connectMongo(settings.mongodbUrl, own)
const system = 'https://rjz.example/id/patient'
let address = ''
let token = ''

beforeAll(async () => {
  await kafka.ensureTopics(1)
  await connectRegistry(settings.schemaRegistryUrl).register(receivingTopics)
  await store.ensureBucket()
  await kafka.startAtEnd(own, ['rawMessages', 'parkedMessages'])
  await openEpoch({ kafka, collections: mongo, store, group: own }).adopt()
  const common = { S3_BUCKET: own, HEALTH_PORT: '0', LOG_LEVEL: 'info' }
  startService(new URL('main.ts', import.meta.url), {
    ENVIRONMENT: 'development',
    ...common,
    MONGODB_DATABASE: own,
    CONSUMER_GROUP: own,
    CONSUMER_SESSION_MS: '6000',
    ARCHIVE_INTERVAL_MS: '250',
  })
  const sourcesDir = new URL('../../../schemas/sources', import.meta.url).pathname
  const { line } = startService(new URL('../../fhir-ingest/src/main.ts', import.meta.url), {
    ...common,
    ENVIRONMENT: 'development',
    FHIR_PORT: '0',
    SOURCES_DIR: sourcesDir,
  })
  const { addresses } = (await line('listening')) as { addresses: { port: number }[] }
  address = `http://127.0.0.1:${addresses[0]?.port}/fhir`
  token = await clientTokenOf('RJZ')
})

afterAll(async () => {
  killServices()
  await mongo.drop()
  await mongo.close()
  store.close()
})

const send = (path: string, body: Buffer, more: Record<string, string> = {}) =>
  fetch(`${address}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...more },
    body: new Uint8Array(body),
  })

const ledgerOf = (identifier: string) =>
  mongo.messages.findOne({ patientKeys: `RJZ|${identifier}` })

/** Its place in the archive; null until it is archived. */
const placeOf = async (identifier: string) => {
  const message = await ledgerOf(identifier)
  if (message === null) return null
  const { partition, offset } = message
  const [object] = await mongo.archiveObjects
    .find({ partition, first: { $lte: offset } })
    .sort({ first: -1 })
    .limit(1)
    .toArray()
  return archivePlace(object ?? null, offset)
}

const recordOf = async (identifier: string) => {
  await expect.poll(() => placeOf(identifier), { timeout: 60_000 }).not.toBeNull()
  const place = await placeOf(identifier)
  if (place === null) throw new Error('not archived')
  return (await readRecord(store, place)).message
}

/**
 * A Patient with an unusual order of fields, spaces, tabs, line ends, an escape and a character
 * outside the BMP.
 */
const unusualPatient = (identifier: string) =>
  Buffer.from(
    `{ "birthDate" : "2019-02-14",\r\n\t"identifier":[{"value":"${identifier}","system":"${system}"}],"name":[{"family":"O\\u2019Neill \u{1F30A}"}],\n "meta":{"lastUpdated":"2026-07-01T09:15:00Z"}, "multipleBirthInteger": 2,  "resourceType":"Patient" }\n`,
  )

test('a FHIR message is read back from the archive with the bytes that were sent', async () => {
  const identifier = randomUUID()
  const sent = unusualPatient(identifier)
  expect((await send('/Patient', sent)).status).toBe(201)
  const message = await recordOf(identifier)
  expect(message).toMatchObject({
    source: 'RJZ',
    type: 'FHIR Patient',
    answered: '201',
    problem: null,
    parked: false,
    payload: null,
  })
  expect(await bytesOf(store, message)).toEqual(sent)
  expect(await ledgerOf(identifier)).toMatchObject({
    _id: message.id,
    size: sent.length,
    events: 1,
    duplicates: [],
  })
})

test('the archive has XML, compressed and large messages, each once although sent twice', {
  timeout: 120_000,
}, async () => {
  const [inXml, compressed, large] = [randomUUID(), randomUUID(), randomUUID()]
  const xml = Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Patient xmlns="http://hl7.org/fhir"  ><!-- kept -->\n<meta><lastUpdated value="2026-07-01T09:15:00Z"/></meta><identifier><system value='${system}'/><value value="${inXml}"/></identifier><birthDate value="2019-02-14"/></Patient>\n`,
  )
  const data = Buffer.alloc(maxInlineBytes, 'x').toString('base64')
  const document = Buffer.from(
    JSON.stringify(
      {
        resourceType: 'DocumentReference',
        meta: { lastUpdated: '2026-07-01T09:15:00Z' },
        status: 'current',
        subject: { identifier: { system, value: large } },
        content: [{ attachment: { contentType: 'text/plain', data } }],
      },
      null,
      1,
    ),
  )
  const sent = new Map([
    [inXml, xml],
    [compressed, unusualPatient(compressed)],
    [large, document],
  ])
  for (let time = 0; time < 2; time += 1) {
    expect((await send('/Patient', xml, { 'content-type': 'application/fhir+xml' })).status).toBe(
      201,
    )
    expect(
      (await send('/Patient', gzipSync(unusualPatient(compressed)), { 'content-encoding': 'gzip' }))
        .status,
    ).toBe(201)
    expect((await send('/DocumentReference', document)).status).toBe(201)
  }
  for (const [identifier, bytes] of sent) {
    expect(await bytesOf(store, await recordOf(identifier))).toEqual(bytes)
    await expect
      .poll(async () => (await ledgerOf(identifier))?.duplicates.length, { timeout: 60_000 })
      .toBe(1)
  }
  expect((await recordOf(large)).bytes).toBeNull()

  const archived = await Array.fromAsync(
    archivedMessages(store, { from: 0, to: Date.now() + 60_000 }),
  )
  for (const [identifier, bytes] of sent) {
    const those = archived.filter(({ message }) =>
      message.patientKeys.includes(`RJZ|${identifier}`),
    )
    expect(those).toHaveLength(1)
    for (const { message } of those) expect(await bytesOf(store, message)).toEqual(bytes)
  }
})
