import { type ArchivePlace, archivePlace } from '@tideway/schemas/documents/archive-place'
import type { Entry, EntryKind } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { type StatementKind, statementKinds } from '@tideway/schemas/documents/statement'
import type { Feed, LedgerMessage, Projection } from '@tideway/schemas/documents/ledger'
import { expandEntry, expandHead } from '@tideway/schemas/documents/storage-format'
import type { Mongo } from '@tideway/mongo/client'
import { openObjectSearch } from '@tideway/mongo/covering-object'
import { newestMessages, type NewestMessages } from '@tideway/mongo/newest-messages'
import { coverOffsets } from './cover-offsets.ts'
import { bySectionOrder, newestFirst } from './newest-first.ts'
import type { Cursor } from '../requests/cursor.ts'
import type { LedgerCursor } from '../requests/ledger-cursor.ts'
import { maxPage } from '../requests/page-request.ts'
import { takePage } from './take-page.ts'
import { type TimeWindow, timeWindows } from './time-windows.ts'

/** Where in the log a message is, and so where in the archive to look for it. */
export type LogPlace = Pick<LedgerMessage, '_id' | 'partition' | 'offset'>

const inSectionOrder = { sortAt: -1, _id: 1 } as const
/** Statements of a person that are read in one go. */
const mostTogether = 500

/** Messages of a person that are missing from the record are counted up to this. */
const maxMissing = 1_000

const wholeOrNull = (head: PatientHead | null): PatientHead | null => head && expandHead(head)

/** The entry a page begins below. */
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

/**
 * The only file of this service that knows MongoDB. It reads and never writes; every query has an
 * index that serves it.
 */
export const recordStore = ({
  patients,
  entries,
  held,
  messages,
  archiveObjects,
  feeds,
  projections,
  answers,
}: Mongo) => {
  const searchObject = openObjectSearch({ archiveObjects })

  /**
   * A range of the index for what has the time the page begins at, then one for each window: never
   * an `$or`, which no index serves in order.
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

  const archivePlaces = async (places: readonly LogPlace[]): Promise<Map<string, ArchivePlace>> => {
    const found = await coverOffsets(places, searchObject)
    const known = places.flatMap((place): [string, ArchivePlace][] => {
      const at = archivePlace(found.get(place._id) ?? null, place.offset)
      return at === null ? [] : [[place._id, at]]
    })
    return new Map(known)
  }

  return {
    /** @param id  public id */
    head: async (id: string): Promise<PatientHead | null> =>
      wholeOrNull(await patients.findOne({ id })),

    /** @param key  `<ods>|<identifier>` */
    headOfKey: async (key: string): Promise<PatientHead | null> =>
      wholeOrNull(await patients.findOne({ _id: key })),

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

    /**
     * A page of one section of some patients, newest first, bounded in entries and in observations.
     *
     * @param before  the entry the page before ended with; null: from the newest
     * @param limit   at most `maxPage`
     */
    async page(
      heads: readonly PatientHead[],
      kind: EntryKind,
      before: Cursor | null,
      limit: number,
    ): Promise<{ entries: Entry[]; more: boolean }> {
      const last =
        before === null
          ? null
          : await entries.findOne({ id: before.entry }, { projection: { _id: 1 } })
      const below = before === null ? null : { sortAt: before.sortAt, _id: last?._id ?? '' }
      return takePage(newestFirst(heads.map((head) => sectionOf(head, kind, below))), limit)
    },

    /**
     * Entries that each message states anew, by kind, newest first; null if there are too many to
     * read at once. One read a source patient.
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

    /** @param id  public id */
    entry: async (id: string): Promise<Entry | null> => {
      const found = await entries.findOne({ id })
      return found && expandEntry(found)
    },

    /**
     * Messages about these patients that are parked, that were dropped, and of which only a part
     * was used; a message about two of the patients counts once. Counted up to `maxMissing` each.
     */
    async countMissing(
      patientKeys: readonly string[],
    ): Promise<{ parked: number; dropped: number; inPart: number }> {
      const count = async (field: 'parked.state' | 'problem.code', value: string) => {
        const about = { [field]: value, patientKeys: { $in: [...patientKeys] } }
        const found = messages.find(about, { projection: { _id: 1 }, limit: maxMissing })
        return (await found.toArray()).length
      }
      const [parked, dropped, inPart] = await Promise.all([
        count('parked.state', 'PARKED'),
        count('parked.state', 'DROPPED'),
        count('problem.code', 'VISIT_NOT_IDENTIFIED'),
      ])
      return { parked, dropped, inPart }
    },

    /** Events of these patients that wait. */
    countHeld: (patientKeys: readonly string[]): Promise<number> =>
      held.countDocuments({ patient: { $in: [...patientKeys] } }),

    feeds: (sources: readonly string[]): Promise<Feed[]> =>
      feeds.find({ _id: { $in: [...sources] } }).toArray(),

    /**
     * Where the bytes of messages are in the archive, by message id; not there: not archived yet.
     */
    async archiveOf(messageIds: readonly string[]): Promise<Map<string, ArchivePlace>> {
      if (messageIds.length === 0) return new Map()
      const places = await messages
        .find({ _id: { $in: [...messageIds] } }, { projection: { partition: 1, offset: 1 } })
        .toArray()
      return archivePlaces(places)
    },

    archivePlaces,

    message: (id: string): Promise<LedgerMessage | null> => messages.findOne({ _id: id }),

    /**
     * A page of the messages with a control id, newest first.
     *
     * @param source  ODS code; null: of every source
     * @param before  the message the page before ended with; null: from the newest
     */
    messages: (
      controlId: string,
      source: string | null,
      before: LedgerCursor | null,
      limit: number,
    ): Promise<NewestMessages> =>
      newestMessages(
        { messages },
        { controlId },
        source === null ? null : (message) => message.source === source,
        before && { received: before.received, _id: before.id },
        limit,
      ),

    projectionsOf: (ids: readonly string[]): Promise<Projection[]> =>
      projections.find({ _id: { $in: [...ids] } }).toArray(),

    answers,
  }
}

export type RecordStore = ReturnType<typeof recordStore>
