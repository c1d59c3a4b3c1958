import type { Mongo } from '@tideway/mongo/client'
import type { Collections } from '@tideway/mongo/collections'
import { type NotShownLine, notShownLines } from '@tideway/record/entries/not-shown'
import { endOfPrefix } from '@tideway/record/withdrawal/parent-of-report'
import type { Entry, EntryKind, Generation } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { type StatementKind, statementKinds } from '@tideway/schemas/documents/statement'
import { expandEntry, expandHead } from '@tideway/schemas/documents/storage-format'
import { archiveStore } from './archive-store.ts'
import { oneOf, type PageStart } from './cursor.ts'
import { missingStore } from './missing-store.ts'
import { personStore } from './person-store.ts'
import { bySectionOrder, newestFirst } from './newest-first.ts'
import { maxPage, takePage } from './take-page.ts'
import { type TimeWindow, timeWindows } from './time-windows.ts'

const inSectionOrder = { sortAt: -1, _id: 1 } as const

/** Statements of a person that are read at once. */
const mostTogether = 500

/** Entries of a source patient that do not show all that was sent are counted up to this. */
const mostNotShown = 500

/** Fields of these entries that say how much it is. */
const ofNotShown = {
  id: 1,
  patient: 1,
  sortAt: 1,
  origins: 1,
  notShown: 1,
  'data.kind': 1,
  'data.status': 1,
}

const wholeOrNull = (head: PatientHead | null): PatientHead | null =>
  head === null || head.gone === true ? null : expandHead(head)

type Below = { sortAt: Date; _id: string } | null
type Range = { sortAt?: Date | { $gt?: Date; $lt?: Date }; _id?: { $gt: string } }

const justBefore = (time: Date): Date => new Date(time.getTime() - 1)

/**
 * Bounds are exclusive: over a descending field SecantusDB in Python leaves out what equals an
 * inclusive one (`$gte`).
 */
const rangeOf = ({ from, until }: TimeWindow, below: Below): Range => {
  const end = until ?? below?.sortAt ?? null
  return from === null && end === null
    ? {}
    : {
        sortAt: {
          ...(from === null ? {} : { $gt: justBefore(from) }),
          ...(end === null ? {} : { $lt: end }),
        },
      }
}

const headStore = ({ patients }: Pick<Mongo, 'patients'>) => ({
  /** Null also where nothing is told of the patient any more. */
  head: async (ids: readonly string[]): Promise<PatientHead | null> =>
    wholeOrNull(await patients.findOne(oneOf(ids))),

  /** @param key  `<ods>|<identifier>` */
  headOfKey: async (key: string): Promise<PatientHead | null> =>
    wholeOrNull(await patients.findOne({ _id: key })),

  /** Heads by key; those of whom nothing is told are absent. */
  headsOfKeys: async (keys: readonly string[]): Promise<PatientHead[]> =>
    keys.length === 0
      ? []
      : (await patients.find({ _id: { $in: [...keys] } }).toArray()).flatMap(
          (head) => wholeOrNull(head) ?? [],
        ),

  /** Source patients that carry an NHS number, by birth date. */
  carriers: (nhsNumber: string, limit: number): Promise<PatientHead[]> =>
    patients.find({ nhsNumber }).sort({ birthDate: 1 }).limit(limit).map(expandHead).toArray(),

  /** Source patients with an NHS number born on a day; the time of birth may be there too. */
  headsOf: (nhsNumber: string, day: string, limit: number): Promise<PatientHead[]> =>
    patients
      .find({ nhsNumber, birthDate: { $gte: day, $lt: `${day}~` } })
      .limit(limit)
      .map(expandHead)
      .toArray(),
})

const entryStore = ({ entries }: Pick<Mongo, 'entries'>) => {
  /**
   * One index range for entries at the time the page begins, then one for each window: never an
   * `$or`, which no index serves in order.
   */
  async function* sectionOf(
    head: PatientHead,
    kind: EntryKind,
    below: Below,
  ): AsyncGenerator<Entry> {
    const sameTime: Range[] =
      below === null ? [] : [{ sortAt: below.sortAt, _id: { $gt: below._id } }]
    const ranges = timeWindows(head, kind, below?.sortAt ?? null).map((window) =>
      rangeOf(window, below),
    )
    for (const range of [...sameTime, ...ranges])
      yield* entries
        .find({ patient: head._id, kind, ...range })
        .sort(inSectionOrder)
        .limit(maxPage + 1)
        .batchSize(maxPage + 1)
        .map(expandEntry)
  }

  return {
    /**
     * A page of one section of some patients, newest first, bounded in entries and in observations.
     *
     * @param before  the entry the previous page ended with; null: from the newest
     * @param limit   at most `maxPage`
     */
    async page(
      heads: readonly PatientHead[],
      kind: EntryKind,
      before: PageStart | null,
      limit: number,
    ): Promise<{ entries: Entry[]; more: boolean }> {
      const last =
        before === null
          ? null
          : await entries.findOne(oneOf(before.entries), { projection: { _id: 1 } })
      const below = before === null ? null : { sortAt: before.sortAt, _id: last?._id ?? '' }
      return takePage(newestFirst(heads.map((head) => sectionOf(head, kind, below))), limit)
    },

    /**
     * Entries that each message states anew, by kind, newest first; null if there are too many to
     * read at once. One read for each source patient.
     */
    async statements(
      heads: readonly PatientHead[],
    ): Promise<ReadonlyMap<StatementKind, Entry[]> | null> {
      const read = ({ _id }: PatientHead) =>
        entries
          .find({ patient: _id, kind: { $in: statementKinds } })
          .limit(mostTogether + 1)
          .batchSize(mostTogether + 1)
          .map(expandEntry)
          .toArray()
      const found = (await Promise.all(heads.map(read))).flat()
      return found.length > mostTogether
        ? null
        : Map.groupBy(found.toSorted(bySectionOrder), ({ kind }) => kind as StatementKind)
    },

    /** Generations of those of these entries whose numbers were used again, by `_id`. */
    async families(ids: readonly string[]): Promise<Map<string, Generation[]>> {
      if (ids.length === 0) return new Map()
      const found = await entries
        .find({ _id: { $in: [...ids] } }, { projection: { family: 1 } })
        .toArray()
      return new Map(
        found.flatMap(({ _id, family }) => (family === undefined ? [] : [[_id, family] as const])),
      )
    },

    /**
     * Entries of these patients that do not show all that was sent, newest first, up to
     * `mostNotShown` of each.
     */
    async notShown(patientKeys: readonly string[]): Promise<NotShownLine[]> {
      const read = (patient: string) =>
        entries
          .find({ 'notShown.of': patient })
          .project<Entry>(ofNotShown)
          .limit(mostNotShown)
          .toArray()
      return notShownLines((await Promise.all(patientKeys.map(read))).flat())
    },

    entry: async (ids: readonly string[]): Promise<Entry | null> => {
      const found = await entries.findOne(oneOf(ids))
      return found && expandEntry(found)
    },

    /** Entries by `_id`; those that are not there are absent. */
    byId: async (ids: readonly string[]): Promise<ReadonlyMap<string, Entry>> => {
      const found = await entries
        .find({ _id: { $in: [...ids] } })
        .map(expandEntry)
        .toArray()
      return new Map(found.map((entry) => [entry._id, entry]))
    },

    /** Reports whose `_id` begins with one of these, see `parentPrefixOf`. */
    reportsUnder: async (prefixes: readonly string[]): Promise<Entry[]> => {
      const read = (prefix: string) =>
        entries
          .find({ _id: { $gte: prefix, $lt: endOfPrefix(prefix) }, chunkOf: { $exists: false } })
          .limit(maxPage)
          .map(expandEntry)
          .toArray()
      return (await Promise.all(prefixes.map(read))).flat()
    },
  }
}

/**
 * What a chart reads from MongoDB. It never writes, and an index serves every query.
 */
export const recordStore = (mongo: Collections & Pick<Mongo, 'answers'>) => ({
  ...headStore(mongo),
  ...entryStore(mongo),
  ...missingStore(mongo),
  ...personStore(mongo),
  archiveOf: archiveStore(mongo).archiveOf,
  answers: mongo.answers,
})

export type RecordStore = ReturnType<typeof recordStore>
