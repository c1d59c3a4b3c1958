import { type ArchivePlace, archivePlace } from '@tideway/schemas/documents/archive-place'
import type { Entry, EntryKind } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { type StatementKind, statementKinds } from '@tideway/schemas/documents/statement'
import type {
  ArchiveObject,
  Feed,
  LedgerMessage,
  Projection,
} from '@tideway/schemas/documents/ledger'
import { expandEntry, expandHead } from '@tideway/schemas/documents/storage-format'
import type { Mongo } from '@tideway/mongo/client'
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
/**
 * Offsets before a message among which its archive object most likely begins; wider ones only if it
 * does not.
 */
const seekWithin = [128, 4_096, Number.POSITIVE_INFINITY]

/** Statements of a person that are read in one go. */
const mostTogether = 500

/** Messages of a patient that are not wholly in his record are counted this far. */
const maxMissing = 1_000

const wholeOrNull = (head: PatientHead | null): PatientHead | null => head && expandHead(head)

/** The entry a page begins below. */
type Below = { sortAt: Date; _id: string } | null

type Range = { sortAt?: Date | { $gte?: Date; $lt?: Date }; _id?: { $gt: string } }

const rangeOf = ({ from, until }: TimeWindow, below: Below): Range => {
  const end = until ?? below?.sortAt ?? null
  return from === null && end === null
    ? {}
    : {
        sortAt: { ...(from === null ? {} : { $gte: from }), ...(end === null ? {} : { $lt: end }) },
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
  const coveringObject = async (
    partition: number,
    offset: number,
  ): Promise<ArchiveObject | null> => {
    for (const within of seekWithin) {
      const first = { $lte: offset, ...(Number.isFinite(within) ? { $gt: offset - within } : {}) }
      const [found = null] = await archiveObjects
        .find({ partition, first })
        .sort({ first: -1 })
        .limit(1)
        .toArray()
      if (found !== null) return found
    }
    return null
  }

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
    const found = await coverOffsets(places, coveringObject)
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
     * Messages about these patients that wait, those given up, and those used in part; one that
     * speaks of two of them counts once.
     */
    async countMissing(
      patientKeys: readonly string[],
    ): Promise<{ parked: number; dropped: number; inPart: number }> {
      const count = async (field: 'parked.state' | 'problem.code', value: string) => {
        const found = await Promise.all(
          patientKeys.map((key) =>
            messages
              .find(
                { [field]: value, patientKeys: key },
                { projection: { _id: 1 }, limit: maxMissing },
              )
              .toArray(),
          ),
        )
        return new Set(found.flat().map(({ _id }) => _id)).size
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
     * Messages with a control id, newest first.
     *
     * @param before  the message the page before ended with; null: from the newest
     */
    async messages(
      controlId: string,
      source: string | null,
      before: LedgerCursor | null,
      limit: number,
    ): Promise<LedgerMessage[]> {
      const wanted = source === null ? { controlId } : { controlId, source }
      const ranges =
        before === null
          ? [{}]
          : [
              { received: before.received, _id: { $gt: before.id } },
              { received: { $lt: before.received } },
            ]
      const found: LedgerMessage[] = []
      for (const range of ranges) {
        const left = limit - found.length
        if (left > 0)
          found.push(
            ...(await messages
              .find({ ...wanted, ...range })
              .sort({ received: -1, _id: 1 })
              .limit(left)
              .toArray()),
          )
      }
      return found
    },

    projectionsOf: (ids: readonly string[]): Promise<Projection[]> =>
      projections.find({ _id: { $in: [...ids] } }).toArray(),

    answers,
  }
}

export type RecordStore = ReturnType<typeof recordStore>
