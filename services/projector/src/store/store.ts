import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { HeldEvent, Projection } from '@tideway/schemas/documents/ledger'
import {
  compactEntry,
  compactHead,
  expandEntry,
  expandHead,
} from '@tideway/schemas/documents/storage-format'
import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import type { Mongo } from '@tideway/mongo/client'
import {
  type AnyBulkWriteOperation,
  BSON,
  type Collection,
  MongoBulkWriteError,
  MongoInvalidArgumentError,
} from 'mongodb'
import { RefusedError } from '../errors.ts'
import type { LineKind } from '@tideway/record/summary/head-lines'
import { endOfShared } from '@tideway/record/entries/matching/shared-number'
import type { Touched } from '../apply/touched.ts'
import { historyStore } from './history-store.ts'
import { newestWithLine } from './newest-entries.ts'

type Versioned = { _id: string; version: number }

const byId = <T extends { _id: string }>(documents: readonly T[]): Map<string, T> =>
  new Map(documents.map((document) => [document._id, document]))

/**
 * This service wrote these documents; validating their UTF-8 again costs a tenth of reading them.
 */
const trusted = { enableUtf8Validation: false }

const duplicateKey = 11000

/**
 * Whether an error means that a document can never be written: too large, or a name or value BSON
 * cannot hold.
 */
const isAboutDocument = (error: unknown): boolean =>
  error instanceof RangeError ||
  error instanceof BSON.BSONError ||
  error instanceof MongoInvalidArgumentError

/**
 * Counts of a bulk write where some writes lost to existing documents.
 *
 * @throws RefusedError if a retry cannot help; any other error unchanged
 */
const writtenIn = (error: unknown): number => {
  if (isAboutDocument(error))
    throw new RefusedError('the document cannot be written', { cause: error })
  if (!(error instanceof MongoBulkWriteError)) throw error
  const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]
  if (failures.length === 0) throw error
  if (failures.some(({ code }) => code !== duplicateKey))
    throw new RefusedError('the document was rejected', { cause: error })
  return error.insertedCount + error.matchedCount
}

/**
 * Writes each document if it has not changed since it was loaded: its `version` is one higher than
 * then, 1 for a new one.
 *
 * @returns number of documents lost to another writer @throws RefusedError if one of them can
 *   never be written
 */
const saveAll = async <T extends Versioned>(
  collection: Collection<T>,
  documents: readonly T[],
): Promise<number> => {
  if (documents.length === 0) return 0
  const writes = documents.map((document) =>
    document.version === 1
      ? { insertOne: { document } }
      : {
          replaceOne: {
            filter: { _id: document._id, version: document.version - 1 },
            replacement: document,
            upsert: false,
          },
        },
  )
  const bulk = async () =>
    collection.bulkWrite(writes as AnyBulkWriteOperation<T>[], { ordered: false })
  const written = await bulk().then(
    ({ insertedCount, matchedCount }) => insertedCount + matchedCount,
    writtenIn,
  )
  return documents.length - written
}

type Collections = Pick<Mongo, 'patients' | 'entries' | 'projections' | 'withdrawals' | 'held'>

/** With `historyStore` the only file of the projector that knows MongoDB. */
export const projectorStore = (mongo: Collections) => {
  const history = historyStore(mongo)
  return { ...history, ...documentStore(mongo, history) }
}

const documentStore = (
  { patients, entries, projections, held }: Collections,
  { projected, withdrawnAmong }: ReturnType<typeof historyStore>,
) => ({
  /** All documents a batch touches, read at once. Missing ones are absent. */
  async load(touched: Pick<Touched, 'patients' | 'entries' | 'alone' | 'sharing' | 'projections'>) {
    const [heads, known, holders, sharing, before, withdrawn] = await Promise.all([
      touched.patients.length === 0
        ? []
        : patients.find({ _id: { $in: touched.patients } }, trusted).toArray(),
      touched.entries.length === 0
        ? []
        : entries.find({ _id: { $in: touched.entries } }, trusted).toArray(),
      touched.alone.length === 0
        ? []
        : entries.find({ holds: { $in: touched.alone } }, trusted).toArray(),
      Promise.all(
        touched.sharing.map((shared) =>
          entries.find({ _id: { $gte: shared, $lt: endOfShared(shared) } }, trusted).toArray(),
        ),
      ),
      projected(touched.projections),
      withdrawnAmong(touched.projections),
    ])
    return {
      heads: byId(heads.map(expandHead)),
      entries: byId([...known, ...holders, ...sharing.flat()].map(expandEntry)),
      applied: new Map(
        before.flatMap(({ _id, received, pending }) =>
          pending === undefined ? [[_id, received] as const] : [],
        ),
      ),
      told: byId(before.filter(({ told }) => told !== undefined)),
      withdrawn: new Set(withdrawn),
    }
  },

  /** @returns number of documents lost to another writer; load and fold again */
  saveEntries: (changed: readonly Entry[]): Promise<number> =>
    saveAll(entries, changed.map(compactEntry)),
  /** Removes entries whose facts are in others; those already gone are left out. */
  async removeEntries(ids: readonly string[]): Promise<void> {
    await entries.deleteMany({ _id: { $in: [...ids] } })
  },
  saveHeads: (changed: readonly PatientHead[]): Promise<number> =>
    saveAll(patients, changed.map(compactHead)),

  /** Records messages as applied; existing records stay unchanged. */
  saveProjections: (applied: readonly Projection[]): Promise<unknown> =>
    bulkWriteNew(
      projections,
      applied.map((document) => ({ insertOne: { document } })),
    ),

  /**
   * Entries that can have a line in the patient's head, newest first: for reports only as many as
   * are ever used, for other kinds all.
   */
  newest: (patient: string, kind: LineKind): Promise<Entry[]> =>
    newestWithLine(entries, patient, kind),

  /** Replacements and addenda of these documents. */
  async inheritors(of: readonly { patient: string; documentId: string }[]): Promise<Entry[]> {
    const ids = { $in: of.map(({ documentId }) => documentId) }
    const patient = { $in: [...new Set(of.map(({ patient }) => patient))] }
    // Two queries, with the indexed field first: SecantusDB uses no index for `$or`, and otherwise
    // that of the first field that has one.
    const [replacing, adding] = await Promise.all([
      entries.find({ 'data.replaces': ids, patient, kind: 'document' }, trusted).toArray(),
      entries.find({ 'data.addsTo': ids, patient, kind: 'document' }, trusted).toArray(),
    ])
    return [...byId([...replacing, ...adding]).values()].map(expandEntry)
  },

  /** Every allergy of these patients, current or not. One query per patient: see `indexes`. */
  async allergies(of: readonly string[]): Promise<Entry[]> {
    const read = (patient: string) =>
      entries.find({ patient, kind: 'allergy' }, trusted).map(expandEntry).toArray()
    return (await Promise.all([...new Set(of)].map(read))).flat()
  },

  /** Held events of these patients in order of arrival. */
  held: (of: readonly string[]): Promise<HeldEvent[]> =>
    held
      .find({ patient: { $in: [...of] } }, { promoteBuffers: true })
      .sort({ patient: 1, offset: 1 })
      .toArray(),

  hold: (events: readonly HeldEvent[]): Promise<unknown> =>
    bulkWriteNew(
      held,
      events.map((document) => ({ insertOne: { document } })),
    ),
  unhold: async (ids: readonly string[]): Promise<void> => {
    if (ids.length > 0) await held.deleteMany({ _id: { $in: [...ids] } })
  },

  /** Patients with held events. */
  heldPatients: (): Promise<string[]> => held.distinct('patient'),
})

export type Store = ReturnType<typeof projectorStore>
