import { storedIds } from './stored-ids.fixture.ts'
import type { ArchivedMessage } from '@tideway/schemas/archive'
import { encodeObject } from '@tideway/schemas/archive'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { beforeEach, expect, test, vi } from 'vitest'
import { allCaughtUp } from '../completeness/caught-up.fixture.ts'
import { record } from '../provenance/sample.fixture.ts'
import type { Subject } from './access.ts'
import { chartsOf } from './open-chart.ts'
import * as withholding from './withhold.ts'

const subject: Subject = {
  who: 's',
  name: null,
  role: 'clinician',
  organisation: 'RJZ',
  level: null,
}
const head = {
  _id: 'RJZ|1',
  id: 'p',
  nhsNumber: null,
  birthDate: null,
  freshness: { RJZ: {} },
  incomplete: { since: new Date(0), code: 'UNEXPECTED', offset: 1 },
} as unknown as PatientHead
const entry = (id: string, patient = 'RJZ|1'): Entry =>
  ({
    _id: id,
    id,
    patient,
    kind: 'document',
    sortAt: new Date(0),
    origins: [],
    data: { kind: 'document', reportId: null },
  }) as unknown as Entry
const archived: ArchivedMessage = record('oru-r01')
const coverage = { first: 0, last: 0, skipped: [], archivedAt: new Date(0) }

const store = {
  head: async ([id]: string[]) => (id === 'p' ? head : null),
  headOfKey: async () => head,
  headsOf: async () => [head],
  carriers: async () => [],
  headsOfKeys: async () => [],
  personOf: async () => ({ members: [{ patient: 'RJZ|1' }] }),
  countUndecided: async () => 1,
  page: async () => ({ entries: [entry('a'), entry('b')], more: true }),
  statements: async () => new Map([['allergy', [entry('c')]]]),
  entry: async ([id = '']: string[]) => entry(id, id === 'another' ? 'RJ1|9' : 'RJZ|1'),
  byId: async () => new Map(),
  countMissing: async () => ({ parked: 1, inConflict: 0, dropped: 2, inPart: 3 }),
  countHeld: async () => 4,
  notShown: async () => [{ patient: 'RJZ|1', entry: 'a', count: 2 }],
  feeds: async () => [{ _id: 'RJZ', lastReceivedAt: new Date(0), lastType: null }],
}
const line = allCaughtUp(0)
const sources = {
  store,
  line: () => line,
  habitsOf: () => ({ gaps: null, planned: [] }),
  ids: storedIds,
  archive: { get: async () => encodeObject([archived], coverage) },
} as unknown as Parameters<typeof chartsOf>[0]

/** What passed, by gate; each gate lets nothing out. */
let passed: [string, unknown][]
beforeEach(() => {
  passed = []
  const gate =
    <T>(name: string, nothing: T) =>
    (what: unknown) => {
      passed.push([name, what])
      return nothing
    }
  vi.spyOn(withholding, 'withholdFrom').mockImplementation((who, why) => {
    passed.push(['reader', [who, why]])
    return {
      heads: gate('heads', []),
      entries: gate('entries', []),
      counts: gate('counts', {
        parked: 0,
        inConflict: 0,
        dropped: 0,
        inPart: 0,
        held: 0,
        notCombined: 0,
        undecided: 0,
        personUnknown: 0,
      }),
      notShown: gate('notShown', []),
      sourceText: gate('sourceText', { archived, bytes: Buffer.from('withheld') }),
    }
  })
})

const place = { object: 'o', position: 0 }

test('subject, patient and purpose reach the chart', async () => {
  await chartsOf(sources).openChart(subject, 'p', 'ETREAT')
  expect(passed[0]).toEqual(['reader', [subject, 'ETREAT']])
  await expect(chartsOf(sources).openChart(subject, 'q', 'TREAT')).rejects.toMatchObject({
    code: 'NO_SUCH_PATIENT',
  })
})

test('everything a chart yields passes withholding', async () => {
  const chart = await chartsOf(sources).openChart(subject, 'p', 'TREAT')
  expect(chart.heads).toEqual([])
  expect((await chart.page('document', null, 10)).entries).toEqual([])
  expect((await chart.statements()).allergy.entries).toEqual([])
  expect(await chart.known()).toMatchObject({ parked: 0, held: 0, notShown: [] })
  await expect(chart.entry('a')).rejects.toMatchObject({ code: 'NO_SUCH_ENTRY' })
  expect((await chart.sourceText('oru-r01', place)).bytes.toString()).toBe('withheld')
  expect(new Set(passed.map(([name]) => name))).toEqual(
    new Set(['reader', 'heads', 'entries', 'counts', 'notShown', 'sourceText']),
  )
})

test('search results pass withholding', async () => {
  const charts = chartsOf(sources)
  for (const search of [
    { by: 'nhsNumber', nhsNumber: '9990000018', birthDate: '2019-05-04' },
    { by: 'identifier', organisation: 'RJZ', identifier: '1' },
  ] as const)
    expect(await charts.findPatients(subject, search, 'TREAT')).toMatchObject({
      heads: [],
      known: { parked: 0, held: 0, notShown: [] },
    })
  expect(passed.filter(([name]) => name === 'heads')).toEqual([
    ['heads', [head]],
    ['heads', [head]],
  ])
})

test('nothing is withheld yet, and nothing of another person is read', async () => {
  vi.restoreAllMocks()
  const chart = await chartsOf(sources).openChart(subject, 'p', 'TREAT')
  expect(chart.heads).toEqual([head])
  expect((await chart.page('document', null, 10)).entries.map(({ id }) => id)).toEqual(['a', 'b'])
  expect((await chart.statements()).allergy.entries.map(({ id }) => id)).toEqual(['c'])
  expect(await chart.known()).toMatchObject({
    parked: 1,
    dropped: 2,
    inPart: 3,
    held: 4,
    undecided: 1,
    personUnknown: 0,
    notCombined: 0,
    notShown: [{ entry: 'a' }],
    line,
    feeds: [{ _id: 'RJZ', gaps: null }],
  })
  expect((await chart.entry('a')).id).toBe('a')
  await expect(chart.entry('another')).rejects.toMatchObject({ code: 'NO_SUCH_ENTRY' })
})
