import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import {
  compactEntry,
  compactHead,
  expandEntry,
  expandHead,
} from '@tideway/schemas/documents/storage-format'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrival } from './arrival.fixture.ts'
import { folds } from './apply-events.ts'
import { withLinesAnew } from '@tideway/record/summary/head-lines'
import { at, event, patient, result, visit, ward } from '@tideway/record/entries/histories.fixture'
import { histories, shuffled } from '@tideway/record/entries/random-histories.fixture'
import { type LoadedDocuments, project } from './project.ts'
import { projectionIdOf } from './arrival.ts'

type Documents = {
  heads: Map<string, PatientHead>
  entries: Map<string, Entry>
  applied: Map<string, number>
}

/** Stored documents after these events, in batches of this size. */
const recordOf = (events: readonly PatientEvent[], batch: number): Documents => {
  const stored: Documents = { heads: new Map(), entries: new Map(), applied: new Map() }
  for (let from = 0; from < events.length; from += batch) {
    const loaded: LoadedDocuments = { ...stored, held: new Map() }
    for (const projected of project(
      0,
      events.slice(from, from + batch).map(arrival),
      loaded,
      folds,
      new Date(0),
    )) {
      for (const entry of projected.entries) stored.entries.set(entry._id, entry)
      for (const id of projected.dissolved) stored.entries.delete(id)
      const newest = [...stored.entries.values()].toSorted(
        (a, b) => b.sortAt.getTime() - a.sortAt.getTime(),
      )
      const head = projected.uncertain.reduce(
        (known, kind) =>
          withLinesAnew(
            known,
            kind,
            newest.filter((entry) => entry.kind === kind),
          ),
        projected.head,
      )
      stored.heads.set(projected.patient, head)
      for (const { _id, received } of projected.projections) stored.applied.set(_id, received)
    }
  }
  return stored
}

const dates = (name: string, value: unknown) =>
  name === 'sortAt' ? new Date(value as string) : value

const withoutVersion = <T extends { version: number }>({ version: _, ...rest }: T) => rest
const shown = ({ heads, entries }: Documents) => ({
  head: withoutVersion(heads.get(patient) as PatientHead),
  // Which entries there once were depends on the order; no reader sees it.
  entries: [...entries.values()]
    .map(({ dissolved: _, ...entry }) => withoutVersion(entry))
    .toSorted((a, b) => (a._id < b._id ? -1 : 1)),
})

test('any order and repetition of a history, in batches of any size, gives the same documents', () => {
  fc.assert(
    fc.property(
      histories.chain((events) =>
        fc.tuple(fc.constant(events), shuffled(events), fc.integer({ min: 1, max: 10 })),
      ),
      ([events, other, batch]) => {
        expect(shown(recordOf(other, batch))).toEqual(shown(recordOf(events, events.length)))
      },
    ),
    { numRuns: 400 },
  )
})

test('documents stored without empty fields are complete when read', () => {
  fc.assert(
    fc.property(histories, (events) => {
      const { heads, entries } = recordOf(events, events.length)
      for (const entry of entries.values())
        expect(
          expandEntry(JSON.parse(JSON.stringify(compactEntry(entry)), dates) as Entry),
        ).toEqual(JSON.parse(JSON.stringify(entry), dates))
      for (const head of heads.values())
        expect(
          expandHead(JSON.parse(JSON.stringify(compactHead(head)), dates) as PatientHead),
        ).toEqual(JSON.parse(JSON.stringify(head), dates))
    }),
    { numRuns: 200 },
  )
})

test('head lines are those of the newest entries, whatever arrived in between', () => {
  const events = Array.from({ length: 60 }, (_, index) => index).flatMap((index) => [
    event(visit('PatientAdmitted', at(index), { location: ward('A') }, `V${index}`), index),
    event(visit('PatientDischarged', at(index + 1), {}, `V${index}`), index + 100),
    event(result([], { reportId: `R${index}`, collectedAt: at(index), status: 'P' }), index + 200),
    event(
      result([], { reportId: `R${index}`, collectedAt: at(200 - index), status: 'F' }),
      index + 300,
    ),
  ])
  const open = events.filter(
    (each) =>
      each.body.type !== 'PatientDischarged' || Number(each.body.encounterId.slice(1)) % 3 > 0,
  )
  const expected = shown(recordOf(open, open.length))
  expect(expected.head.encounters.map(({ encounterId }) => encounterId)).toEqual(
    Array.from({ length: 12 }, (_, index) => `V${57 - index * 3}`),
  )
  fc.assert(
    fc.property(shuffled(open), (other) => {
      expect(shown(recordOf(other, 7))).toEqual(expected)
    }),
    { numRuns: 20 },
  )
})

test('a repeated history changes nothing and is recognised', () => {
  fc.assert(
    fc.property(histories, (events) => {
      const stored = recordOf(events, events.length)
      const again = project(
        0,
        events.map((each, index) =>
          arrival({ ...each, receivedAt: each.receivedAt + 5_000_000 }, index),
        ),
        { ...stored, held: new Map() },
        folds,
        new Date(1),
      )
      expect(
        again.map(({ entries, headChanged, projections }) => ({
          entries,
          headChanged,
          projections,
        })),
      ).toEqual([{ entries: [], headChanged: false, projections: [] }])
      expect(stored.applied.size).toBe(
        new Set(events.map(({ messageId }) => projectionIdOf(messageId, patient))).size,
      )
    }),
    { numRuns: 100 },
  )
})
