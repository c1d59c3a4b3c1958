import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import type { Outgoing } from '@tideway/kafka/client'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { settings } from '../config.ts'
import { bundle, patient, rules } from '../sender.fixture.ts'
import { createHeldBytes } from './held-bytes.ts'
import { callerOf, faultsIn, type Headers, testServer } from './server.fixture.ts'

/** The default settings of the service. */
const usual = (name: 'maxBodyBytes' | 'maxEntries' | 'maxInFlightBytes'): number =>
  settings[name].parse(settings[name].fallback as string)
let held = createHeldBytes()
let app: FastifyInstance
let sent: Outgoing[] = []
beforeEach(async () => {
  sent = []
  held = createHeldBytes()
  const tokens = {
    claims: async (authorization?: string) => ({
      sub: authorization?.slice('Bearer '.length) ?? '',
      scope: 'system/*.cu',
    }),
  }
  app = await testServer(async (records) => void sent.push(...records), tokens, {
    rules: { ...rules, maxEntries: usual('maxEntries') },
    limits: {
      maxBodyBytes: usual('maxBodyBytes'),
      maxInFlightBytes: usual('maxInFlightBytes'),
      requestsPerMinute: 1_000,
    },
    held,
  })
})
afterEach(async () => {
  await app.close()
})
const call = callerOf(() => app)

const fiftyMegabytes = 50_000_000
const piece = Buffer.alloc(1_000_000, 0x20)

/**
 * Sends over a socket in chunks, without Content-Length; returns the answer, and how much was sent.
 */
const stream = async (headers: Headers, pieces: Iterable<Buffer>) => {
  const { port } = app.server.address() as AddressInfo
  const asking = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/fhir',
    headers: {
      authorization: 'Bearer client-x99',
      'content-type': 'application/fhir+json',
      ...headers,
    },
  })
  const answered = once(asking, 'response') as Promise<[IncomingMessage]>
  let isAnswered = false
  void answered.then(
    () => {
      isAnswered = true
    },
    () => undefined,
  )
  let taken = 0
  asking.on('error', () => undefined)
  asking.flushHeaders()
  for (const one of pieces) {
    if (isAnswered) break
    taken += one.length
    if (!asking.write(one)) await Promise.race([once(asking, 'drain'), answered])
  }
  const [answer] = await answered
  const body = JSON.parse(await text(answer)) as { resourceType: string }
  asking.destroy()
  return { status: answer.statusCode, type: body.resourceType, faults: faultsIn(body), taken }
}

test('a body of 50 MB is rejected by its Content-Length, or read up to the limit, and not held', async () => {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const refused = { status: 413, type: 'OperationOutcome', faults: [['TOO_LARGE', 'body']] }
  expect(await stream({ 'content-length': String(fiftyMegabytes) }, [])).toMatchObject(refused)
  const streamed = await stream(
    {},
    Array.from({ length: 50 }, () => piece),
  )
  expect(streamed).toMatchObject(refused)
  expect(streamed.taken).toBeLessThan(fiftyMegabytes)
  await expect.poll(() => held.total()).toBe(0)
  expect(sent).toEqual([])
})

test('50 MB in a gzip of 50 KB are decompressed to the limit', async () => {
  const answer = await call('POST', '/fhir', gzipSync(Buffer.alloc(fiftyMegabytes, 0x20)), {
    'content-encoding': 'gzip',
  })
  expect([answer.status, answer.faults, held.total(), sent]).toEqual([
    413,
    [['TOO_LARGE', 'body']],
    0,
    [],
  ])
})

const entries = (count: number) =>
  bundle(
    'batch',
    ...Array.from({ length: count }, (_, n) => ({
      resource: patient(`A${n}`),
      request: { method: 'POST', url: 'Patient' },
    })),
  )

test('ten thousand entries are rejected before any is validated', async () => {
  const answer = await call('POST', '/fhir', entries(10_000))
  expect([answer.status, answer.json?.resourceType, answer.faults, sent]).toEqual([
    413,
    'OperationOutcome',
    [['TOO_MANY_ENTRIES', 'Bundle.entry']],
    [],
  ])
})

test('the largest number of entries is accepted, each with its answer', async () => {
  await app.close()
  app = await testServer(
    async (records) => void sent.push(...records),
    { claims: async () => ({ sub: 'client-x99', scope: 'system/*.cu' }) },
    { rules: { ...rules, maxEntries: 300 } },
  )
  const answer = await call('POST', '/fhir', entries(300))
  const { entry } = answer.json as unknown as { entry: { response: { status: string } }[] }
  expect([
    answer.status,
    entry.length,
    new Set(entry.map(({ response }) => response.status)),
  ]).toEqual([200, 300, new Set(['201'])])
  expect((await call('POST', '/fhir', entries(301))).faults).toEqual([
    ['TOO_MANY_ENTRIES', 'Bundle.entry'],
  ])
})

test('over the limit of bytes in flight a request is answered 503, and accepted later', async () => {
  held.add('another', usual('maxInFlightBytes') + 1)
  const answer = await call('POST', '/fhir/Patient', patient())
  expect([answer.status, answer.headers['retry-after'], answer.faults, sent]).toEqual([
    503,
    '5',
    [['BUSY', null]],
    [],
  ])
  held.add('another', -usual('maxInFlightBytes') - 1)
  expect((await call('POST', '/fhir/Patient', patient())).status).toBe(201)
})
