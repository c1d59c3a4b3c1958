import type { Entry } from '@tideway/schemas/documents/entry'
import { compactEntry } from '@tideway/schemas/documents/storage-format'
import { linesKept, type PatientHead } from '@tideway/schemas/documents/head'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { publicId } from '@tideway/schemas/public-id'
import { versionOf } from '@tideway/record/entries/version'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeCursor } from './cursor.ts'
import { timeWindows } from './time-windows.ts'
import { observation } from '../events.fixture.ts'
import { identifyAll } from '../identify-all.fixture.ts'
import { openServer, tokenOf } from '../http/open-server.fixture.ts'

const addresses = {
  mongodbUrl: process.env['MONGODB_URL'] ?? '',
  issuer: process.env['OIDC_ISSUER'] ?? '',
}
const key = 'RJZ|long'
const id = publicId(key)
const reports = 5_000
const start = Date.UTC(2024, 0, 1)

const head: PatientHead = {
  ...{
    _id: key,
    id,
    organisation: 'RJZ',
    identifier: 'long',
    version: 1,
    nhsNumber: null,
    birthDate: null,
    details: {},
    identifiers: [],
  },
  ...{
    encounters: [],
    merges: [],
    identity: [],
    removed: null,
    registered: null,
    allergies: [],
    noKnownAllergies: [],
    problems: [],
    visitDiagnoses: [],
    dispensed: [],
    medicines: [],
    alerts: [],
    freshness: {},
    incomplete: null,
  },
  latestReports: Array.from({ length: linesKept }, (_, n) => ({
    entry: '',
    sortAt: new Date(start + (reports - 1 - n) * 60_000),
    name: null,
    at: null,
    status: 'final',
    abnormal: [],
  })),
}

/** Every third shares its time with the one before, as results of one run do. */
const reportAt = (n: number): Entry => {
  const time = start + (n - (n % 3 === 0 ? 1 : 0)) * 60_000
  const stated = {
    message: `m${n}`,
    place: 'OBR[1]',
    version: versionOf(time, time * 1000),
    source: 'RJZ',
  }
  const { key: name, code, subId, place: _, ...said } = observation('K', String(n), 'F')
  const _id = `${key}|report|${String(n).padStart(5, '0')}`
  return {
    ...{
      _id,
      id: publicId(_id),
      patient: key,
      kind: 'report',
      version: 1,
      sortAt: new Date(time),
      origins: [stated],
    },
    data: {
      kind: 'report',
      reportId: String(n),
      status: 'final',
      statusAsSent: 'F',
      header: [],
      observations: [
        {
          key: name,
          code,
          subId,
          status: 'final',
          valueFrom: 0,
          reported: [{ ...said, ...stated }],
        },
      ],
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
  ...{
    partition: n % 4,
    offset: Math.floor(n / 4),
    size: 1,
    events: 1,
    patientKeys: [key],
    unused: [],
    problem: null,
    parked: null,
    duplicates: [],
  },
})

let server: Awaited<ReturnType<typeof openServer>>
let token = ''
const read = (url: string) => server.call(token, 'GET', url)

beforeAll(async () => {
  server = await openServer(addresses)
  token = await tokenOf(addresses.issuer, 'clinician', 'RJZ')
  const all = Array.from({ length: reports }, (_, n) => n)
  await server.mongo.patients.insertOne(head)
  await identifyAll(server.mongo)
  await server.mongo.entries.insertMany(all.map((n) => compactEntry(reportAt(n))))
  await server.mongo.messages.insertMany(all.slice(-400).map(ledger))
  const object = (partition: number, first: number) => ({
    ...{
      _id: `${partition}-${first}`,
      partition,
      first,
      last: first + 24,
      skipped: [],
      messages: 25,
      bytes: 1,
    },
    ...{ archivedAt: new Date(), firstReceivedAt: new Date(), lastReceivedAt: new Date() },
  })
  await server.mongo.archiveObjects.insertMany(
    [0, 1, 2, 3].flatMap((partition) =>
      Array.from({ length: 50 }, (_, n) => object(partition, n * 25)),
    ),
  )
})
afterAll(() => server?.close())

type Page = {
  entries: {
    id: string
    reportId: string
    origins: { archive: { object: string; position: number } }[]
  }[]
  more: boolean
  before?: string
}

test('the record of a patient with 5,000 reports holds the newest hundred, where they are archived, and a cursor', async () => {
  const { body } = await read(`/api/patients/${id}/record`)
  expect(body.reports).toHaveLength(100)
  expect(body.reports[0].reportId).toBe('4999')
  expect(body.counts.reports).toBe(100)
  expect(body.more).toEqual({ reports: expect.any(String) })
  for (const { reportId, origins } of body.reports) {
    const offset = Math.floor(Number(reportId) / 4)
    expect(origins[0].archive).toEqual({
      object: `${Number(reportId) % 4}-${offset - (offset % 25)}`,
      position: offset % 25,
    })
  }
})

test('a page begins where the previous one ended, even among equal times', async () => {
  const seen: string[] = []
  for (let before = '', pages = 0; pages < 6; pages += 1) {
    const page: Page = (
      await read(
        `/api/patients/${id}/entries?kind=report&limit=${pages % 2 === 0 ? 50 : 31}${before}`,
      )
    ).body
    expect(page.more).toBe(true)
    seen.push(...page.entries.map(({ reportId }) => reportId))
    before = `&before=${page.before}`
  }
  const inOrder = (a: Entry, b: Entry) =>
    b.sortAt.getTime() - a.sortAt.getTime() || (a._id < b._id ? -1 : 1)
  const expected = Array.from({ length: reports }, (_, n) => reportAt(n))
    .toSorted(inOrder)
    .slice(0, seen.length)
  expect(seen).toEqual(expected.map(({ data }) => (data.kind === 'report' ? data.reportId : '')))
})

test('the last page has no cursor', async () => {
  const before = writeCursor({ sortAt: new Date(start + 4 * 60_000), entry: reportAt(4).id })
  const page: Page = (await read(`/api/patients/${id}/entries?kind=report&before=${before}`)).body
  expect(page.entries.map(({ reportId }) => reportId)).toEqual(['2', '3', '1', '0'])
  expect([page.more, page.before]).toEqual([false, undefined])
})

test('a limit is honoured, and a cursor cannot leave its patient', async () => {
  expect((await read(`/api/patients/${id}/entries?kind=report&limit=7`)).body.entries).toHaveLength(
    7,
  )
  expect((await read(`/api/patients/${id}/entries?kind=encounter`)).body).toMatchObject({
    entries: [],
    more: false,
  })
})

test('a page reads a range of an index, not the history', async () => {
  const [window] = timeWindows(head, 'report', null)
  const plan = await server.mongo.entries
    .find({ patient: key, kind: 'report', sortAt: { $gte: window?.from ?? new Date(0) } })
    .sort({ sortAt: -1, _id: 1 })
    .limit(101)
    .explain('executionStats')
  const text = JSON.stringify(plan)
  expect(text).toContain('IXSCAN')
  expect(text).not.toContain('COLLSCAN')
  expect(plan['executionStats'].totalDocsExamined).toBeLessThan(250)
})
