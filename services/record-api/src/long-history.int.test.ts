import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { publicId } from '@tideway/schemas/identity'
import { versionOf } from '@tideway/schemas/version'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { observation } from './testing/events.ts'
import { openServer, tokenOf } from './testing/open-server.ts'

const addresses = { mongodbUrl: process.env['MONGODB_URL'] ?? '', issuer: process.env['OIDC_ISSUER'] ?? '' }
const key = 'RJZ|long'
const id = publicId(key)
const reports = 5_000
const start = Date.UTC(2024, 0, 1)

const head: PatientHead = {
  ...{ _id: key, id, organisation: 'RJZ', identifier: 'long', version: 1, nhsNumber: null, birthDate: null, details: {}, identifiers: [] },
  ...{ encounters: [], latestReports: [], merges: [], freshness: {}, incomplete: null },
}

/** Every third shares its time with the one before, as results of one run do. */
const reportAt = (n: number): Entry => {
  const time = start + (n - (n % 3 === 0 ? 1 : 0)) * 60_000
  const stated = { message: `m${n}`, place: 'OBR[1]', version: versionOf(null, time, time * 1000), source: 'RJZ' }
  const { key: name, code, subId, place: _, ...said } = observation('K', String(n), 'F')
  const _id = `${key}|report|${String(n).padStart(5, '0')}`
  return {
    ...{ _id, id: publicId(_id), patient: key, kind: 'report', version: 1, sortAt: new Date(time), origins: [stated] },
    data: {
      kind: 'report',
      reportId: String(n),
      status: 'final',
      statusAsSent: 'F',
      header: [],
      observations: [{ key: name, code, subId, status: 'final', valueFrom: 0, reported: [{ ...said, ...stated }] }],
    },
  }
}

const ledger = (n: number): LedgerMessage => ({
  ...{
    _id: `m${n}`,
    source: 'RJZ',
    controlId: `m${n}`,
    type: 'ORU^R01',
    characterSet: 'utf-8',
    answered: 'AA',
    receivedAt: new Date(),
    received: n,
    durableAt: new Date(),
  },
  ...{ partition: n % 4, offset: Math.floor(n / 4), size: 1, events: 1, patientKeys: [key], unused: [], problem: null, parked: null, duplicates: [] },
})

let server: Awaited<ReturnType<typeof openServer>>
let token = ''
const read = (url: string) => server.call(token, 'GET', url)

beforeAll(async () => {
  server = await openServer(addresses)
  token = await tokenOf(addresses.issuer, 'clinician', 'RJZ')
  const all = Array.from({ length: reports }, (_, n) => n)
  await server.mongo.patients.insertOne(head)
  await server.mongo.entries.insertMany(all.map(reportAt))
  await server.mongo.messages.insertMany(all.map(ledger))
  const object = (partition: number, first: number) => ({
    ...{ _id: `${partition}-${first}`, partition, first, last: first + 24, skipped: [], messages: 25, bytes: 1 },
    ...{ archivedAt: new Date(), firstReceivedAt: new Date(), lastReceivedAt: new Date() },
  })
  await server.mongo.archiveObjects.insertMany([0, 1, 2, 3].flatMap((partition) => Array.from({ length: 50 }, (_, n) => object(partition, n * 25))))
})
afterAll(() => server?.close())

type Page = { entries: { id: string; reportId: string; origins: { archive: { object: string; position: number } }[] }[]; more: boolean; before: string | null }

test('the record of a patient with 5,000 reports holds the newest hundred, where they are archived, and a cursor', async () => {
  const { body } = await read(`/api/patients/${id}/record`)
  expect(body.results).toHaveLength(100)
  expect(body.results[0].reportId).toBe('4999')
  expect(body.counts.results).toBe(100)
  expect(body.more).toEqual({ encounters: null, results: expect.any(String), documents: null })
  for (const { reportId, origins } of body.results) {
    const offset = Math.floor(Number(reportId) / 4)
    expect(origins[0].archive).toEqual({ object: `${Number(reportId) % 4}-${offset - (offset % 25)}`, position: offset % 25 })
  }
})

test('the pages below give every other report once, though many have the same time', async () => {
  const first = (await read(`/api/patients/${id}/record`)).body
  const seen: string[] = first.results.map(({ reportId }: { reportId: string }) => reportId)
  for (let before: string | null = first.more.results; before !== null; ) {
    const page: Page = (await read(`/api/patients/${id}/entries?kind=report&before=${before}`)).body
    expect(page.entries.length).toBeLessThanOrEqual(100)
    expect(page.more).toBe(page.before !== null)
    seen.push(...page.entries.map(({ reportId }) => reportId))
    before = page.before
  }
  expect(seen).toHaveLength(reports)
  expect(new Set(seen).size).toBe(reports)
  expect(seen.at(-1)).toBe('0')
})

test('a limit is honoured, and a cursor cannot leave its patient', async () => {
  expect((await read(`/api/patients/${id}/entries?kind=report&limit=7`)).body.entries).toHaveLength(7)
  expect((await read(`/api/patients/${id}/entries?kind=encounter`)).body).toEqual({ entries: [], more: false, before: null })
})

test('a page reads an index range, not the history', async () => {
  const filter = { patient: { $in: [key] }, kind: 'report' as const }
  const plan = await server.mongo.entries.find(filter).sort({ sortAt: -1, _id: 1 }).limit(101).explain('executionStats')
  const text = JSON.stringify(plan)
  expect(text).not.toContain('COLLSCAN')
  expect(text).toContain('IXSCAN')
})

test('the first answer costs no more than a short record would', async () => {
  const times: number[] = []
  for (let n = 0; n < 10; n += 1) {
    const began = performance.now()
    await read(`/api/patients/${id}/record`)
    times.push(performance.now() - began)
  }
  const median = times.toSorted((a, b) => a - b)[5] ?? Infinity
  console.log(`record of ${reports} reports: median ${median.toFixed(0)} ms`)
  expect(median).toBeLessThan(1_500)
})
