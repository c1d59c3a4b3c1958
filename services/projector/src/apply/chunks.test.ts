import {
  coded,
  event,
  observation,
  patient,
  result,
} from '@tideway/record/entries/histories.fixture'
import { chunkAsItStands } from '@tideway/record/entries/chunks/chunks'
import { reportLineOf } from '@tideway/record/summary/report-line'
import { compactEntry } from '@tideway/schemas/documents/storage-format'
import type { Entry, ReportObservation } from '@tideway/schemas/documents/entry'
import type { Observation, PatientEvent } from '@tideway/schemas/events.generated'
import { serialize } from 'bson'
import { expect, test } from 'vitest'
import { applyBatch, type ApplyPorts } from './apply.ts'
import { folds } from './apply-events.ts'
import { arrival } from './arrival.fixture.ts'
import { type Documents, memoryStore } from './memory-store.fixture.ts'
import { reportIn, storedAfter } from './match-observation.fixture.ts'

const mostBytes = 256 * 1024
const mainId = `${patient}|report|F1^ICU`

const value = (code: string, of: string, more: Partial<Observation> = {}) =>
  observation('F', of, { key: `${code}||1`, code: coded(code, `Test ${code}`), ...more })

const message = (nth: number, observations: Observation[], status = 'F'): PatientEvent =>
  event(
    result(
      observations.map((one, index) => ({ ...one, place: `OBX[${index + 1}]` })),
      { reportId: 'F1^ICU', fillerNumber: 'F1', status },
    ),
    nth,
    { messageId: `m${nth}` },
  )

/** Messages of an order that grows by fifty codes each, every fifth a correction of the first. */
const growing = (messages: number): PatientEvent[] =>
  Array.from({ length: messages }, (_, nth) =>
    message(
      nth,
      nth % 5 === 4
        ? [value('C0.0', `corrected ${nth}`, { status: 'corrected' })]
        : Array.from({ length: 50 }, (_, of) =>
            value(`C${nth}.${of}`, `${of}`, { flags: of === 0 ? ['HH'] : [] }),
          ),
    ),
  )

const bytesOf = (entry: Entry): number => serialize(compactEntry(entry)).length

const partsOf = (stored: ReadonlyMap<string, Entry>) => {
  const main = stored.get(mainId) as Entry
  const chunks = [...stored.values()].filter(({ chunkOf }) => chunkOf === mainId)
  const observations = chunks
    .flatMap((chunk) => chunkAsItStands(chunk, reportIn(main)).observations)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
  return { main, chunks, observations }
}

const shownOf = ({ key, status, valueFrom, reported }: ReportObservation) =>
  [
    key,
    status,
    valueFrom === null ? null : reported[valueFrom]?.value?.slice(-9),
    reported.length,
  ].join(' ')

test('a report of thousands of observations is in documents of less than 256 KB, with all values', () => {
  const events = growing(80)
  const stored = storedAfter(events, 1)
  const { main, chunks, observations } = partsOf(stored)
  expect(observations).toHaveLength(64 * 50)
  expect(Math.max(...[...stored.values()].map(bytesOf))).toBeLessThan(mostBytes)
  expect(reportIn(main).observations).toEqual([])
  expect(main.chunks?.reduce((sum, one) => sum + one.observations, 0)).toBe(64 * 50)
  expect(main.chunks?.length).toBe(chunks.length)
  expect(observations.find(({ key }) => key === 'C0.0||1')).toMatchObject({ status: 'corrected' })
  // The corrected value has no flag.
  expect(reportLineOf(main)).toMatchObject({ abnormal: [], moreCritical: 63 })
})

test('the same in any order of arrival, told twice, in batches of any size', () => {
  const events = growing(30)
  const expected = partsOf(storedAfter(events, 1)).observations.map(shownOf)
  for (const [order, batch] of [
    [events.toReversed(), 1],
    [events.toReversed(), 7],
    [[...events, ...events], 4],
  ] as const)
    expect(partsOf(storedAfter(order, batch)).observations.map(shownOf)).toEqual(expected)
})

test('a cancellation of the whole report retracts what is in chunks, without touching them', () => {
  const events = growing(20)
  const before = partsOf(storedAfter(events, 5))
  const after = partsOf(storedAfter([...events, message(99, [], 'X')], 5))
  expect(after.chunks).toEqual(before.chunks)
  expect(after.main.data).toMatchObject({ status: 'cancelled' })
  expect(new Set(after.observations.map(({ status }) => status))).toEqual(new Set(['cancelled']))
  expect(reportLineOf(after.main)).not.toHaveProperty('moreCritical')
})

test('an append writes the chunk of what it states and the report, however long that is', () => {
  const events = growing(60)
  const stored = storedAfter(events, 10)
  const next = storedAfter([...events, message(99, [value('C3.7', '9')])], 10)
  const changed = [...next.values()].filter(
    ({ _id, version }) => version !== stored.get(_id)?.version,
  )
  expect(changed).toHaveLength(2)
})

test('one observation with long statements keeps the newest and what decides', () => {
  const events = Array.from({ length: 90 }, (_, nth) =>
    message(nth, [value('TXT', 'x'.repeat(9_000) + nth)]),
  )
  const stored = storedAfter(events, 1)
  const { observations } = partsOf(stored)
  expect(Math.max(...[...stored.values()].map(bytesOf))).toBeLessThan(mostBytes)
  const [only] = observations
  expect(only?.reported[only.valueFrom ?? -1]?.value).toMatch(/x89$/)
})

test('a small report stays one document', () => {
  const stored = storedAfter(growing(2), 1)
  expect([...stored.keys()]).toEqual([mainId])
  expect(reportIn(stored.get(mainId)).observations).toHaveLength(100)
})

/** Entries after these messages, each a batch; the one killed is delivered again. */
const killedAt = async (events: readonly PatientEvent[], killed: number) => {
  const documents: Documents = { heads: new Map(), entries: new Map() }
  let ticks = 0
  const tick = () => {
    ticks += 1
    if (ticks === killed) throw new Error('killed')
  }
  const ports: ApplyPorts = {
    store: memoryStore(documents, tick, []),
    folds,
    decode: async () => null,
    publish: async () => undefined,
    now: () => 0,
    onLostRaces: () => undefined,
  }
  for (const one of events)
    await applyBatch(0, [arrival(one, 0)], false, ports).catch((cause: unknown) => {
      if ((cause as Error).message !== 'killed') throw cause
      return applyBatch(0, [arrival(one, 0)], false, ports)
    })
  return { ticks, entries: documents.entries }
}

test('killed at any write while a report is divided, and a chunk of it, the values are the same', async () => {
  const long = 'x'.repeat(4_000)
  const events = [0, 1, 2].map((nth) =>
    message(
      nth,
      Array.from({ length: 22 }, (_, of) => value(`C${nth}.${of}`, `${long}${of}`)),
    ),
  )
  const { ticks, entries } = await killedAt(events, 0)
  const expected = partsOf(entries)
  expect(expected.chunks.length).toBeGreaterThan(3)
  expect(expected.observations).toHaveLength(66)
  for (let killed = 1; killed <= ticks; killed += 1) {
    const seen = partsOf((await killedAt(events, killed)).entries)
    expect(seen.observations.map(shownOf)).toEqual(expected.observations.map(shownOf))
    expect(seen.main.chunks).toEqual(expected.main.chunks)
    expect(seen.chunks.map(({ _id }) => _id).toSorted()).toEqual(
      expected.chunks.map(({ _id }) => _id).toSorted(),
    )
  }
})
