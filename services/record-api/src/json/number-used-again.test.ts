import { storedIds } from '../chart/stored-ids.fixture.ts'
import { given } from '@tideway/hl7-ingest/normalise/normalise.fixture'
import { folds } from '@tideway/projector/apply/apply-events'
import { project } from '@tideway/projector/apply/project'
import type { Entry } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { chartsOf } from '../chart/open-chart.ts'
import { nothingSeen } from '../completeness/line-view.ts'
import { entryOf } from './any-entry.ts'
import type { EncounterAnswer } from './encounter.ts'
import type { ReportAnswer } from './report.ts'

/** Entries after these messages, each received as it was sent. */
const storedAfter = (...messages: string[][]): Map<string, Entry> => {
  const stored = new Map<string, Entry>()
  for (const [offset, segments] of messages.entries()) {
    const { events, problem } = given(segments.join('\r'))
    expect(problem).toBeNull()
    const arrivals = events.map((event) => ({
      patient: event.patientKey,
      offset,
      event: { ...event, receivedAt: ((event.sentAt ?? 0) + 1) * 1_000 },
      record: Buffer.alloc(0),
      messageId: event.messageId,
      eventId: event.id,
      source: event.source,
      traceparent: null,
    }))
    const loaded = { heads: new Map(), entries: stored, applied: new Map(), held: new Map() }
    for (const { entries } of project(0, arrivals, loaded, folds, new Date(0)))
      for (const entry of entries) stored.set(entry._id, entry)
  }
  return stored
}

/** The answers about all entries of a kind, with the references a chart finds. */
const answersAfter = async <Answer>(kind: string, stored: ReadonlyMap<string, Entry>) => {
  const families = async (ids: readonly string[]) =>
    new Map(
      ids.flatMap((id) => {
        const family = stored.get(id)?.family
        return family === undefined ? [] : [[id, family] as const]
      }),
    )
  const head = { _id: 'X99|1', id: 'p', nhsNumber: null, birthDate: null }
  const store = {
    ...{ head: async () => head, families },
    ...{ personOf: async () => null, headsOfKeys: async () => [] },
  } as never
  const chart = await chartsOf({
    store,
    archive: { get: async () => null },
    line: () => nothingSeen,
    habitsOf: () => ({ gaps: null, planned: [] }),
    ids: storedIds,
  }).openChart(
    { who: 'u', name: null, role: 'clinician', organisation: 'X99', level: null },
    'p',
    'TREAT',
  )
  const entries = [...stored.values()].filter((entry) => entry.kind === kind)
  const context = { archive: new Map(), families: await chart.families(entries) }
  return entries.map((entry) => entryOf(entry, context) as Answer)
}

const msh = (sent: string, type: string, id: string) =>
  `MSH|^~\\&|LIS|X99|TW|REG|${sent}||${type}|${id}|P|2.5.1`
const pid = 'PID|1||1^^^X99^MR||Testcase^Ada||19700101|F'
const crp = (
  sent: string,
  collected: string,
  value: string,
  flag: string,
  visit: string[] = [],
) => [
  msh(`${sent}100000`, 'ORU^R01', `R${sent}`),
  pid,
  ...visit,
  `OBR|1||0001|CRP^C-reactive protein|||${collected}080000|||||||||||||||${collected}093000||CH|F`,
  `OBX|1|NM|CRP^C-reactive protein||${value}|mg/L|0-5|${flag}|||F`,
]
const visited = `PV1|1|I|W1^1^1${'|'.repeat(16)}V1`
const adt = (type: string, at: string, ward: string, admitted: string, discharged = '') => [
  msh(at, `ADT^${type}`, `${type}${at}`),
  `EVN|${type}|${at}||||${at}`,
  pid,
  `PV1|1|I|${ward}^1^1${'|'.repeat(16)}V1${'|'.repeat(25)}${admitted}|${discharged}`,
]
const stays = [
  adt('A01', '20240101100000', 'W1', '20240101100000'),
  adt('A03', '20240105100000', 'W1', '20240101100000', '20240105100000'),
  adt('A01', '20260901100000', 'W9', '20260901100000'),
]

test('a laboratory number used again months later is answered as two reports, both final', async () => {
  const answers = await answersAfter<ReportAnswer>(
    'report',
    storedAfter(crp('20260301', '20260301', '212', 'HH'), crp('20260901', '20260901', '3', 'N')),
  )
  expect(
    answers.map(({ reportId, collectedAt, observations: [first] }) => [
      reportId,
      collectedAt?.slice(0, 10),
      first?.value,
      first?.status,
      first?.earlier,
    ]),
  ).toEqual([
    ['0001^CRP', '2026-03-01', '212', 'final', []],
    ['0001^CRP', '2026-09-01', '3', 'final', []],
  ])
  expect(new Set(answers.map(({ id }) => id)).size).toBe(2)
})

test('a visit number used again is answered as two encounters, the earlier one closed', async () => {
  const answers = await answersAfter<EncounterAnswer>('encounter', storedAfter(...stays))
  expect(
    answers.map(({ encounterId, status, admittedAt, dischargedAt, location }) => [
      encounterId,
      status,
      admittedAt?.slice(0, 10),
      dischargedAt?.slice(0, 10),
      location?.pointOfCare,
    ]),
  ).toEqual([
    ['V1', 'closed', '2024-01-01', '2024-01-05', undefined],
    ['V1', 'open', '2026-09-01', undefined, 'W9'],
  ])
})

test('a report names the stay of its time', async () => {
  const stored = storedAfter(
    ...stays,
    crp('20240102', '20240102', '90', 'H', [visited]),
    crp('20260902', '20260902', '3', 'N', [visited]),
  )
  const [first, second] = await answersAfter<EncounterAnswer>('encounter', stored)
  expect(
    (await answersAfter<ReportAnswer>('report', stored)).map(({ encounter }) => encounter),
  ).toEqual([first?.id, second?.id])
})
