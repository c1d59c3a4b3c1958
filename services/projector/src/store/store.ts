import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { HeldEvent, Projection } from '@tideway/schemas/documents/ledger'
import {
  compactEntry,
  compactHead,
  expandEntry,
  expandHead,
} from '@tideway/schemas/documents/storage-format'
import { bulkNew, type Mongo } from '@tideway/mongo/client'
import {
  type AnyBulkWriteOperation,
  BSON,
  type Collection,
  MongoBulkWriteError,
  MongoInvalidArgumentError,
} from 'mongodb'
import { RefusedError } from '../errors.ts'
import type { LineKind } from '@tideway/record/summary/head-lines'
import { standing } from '@tideway/record/summary/statement-lines'
import type { Touched } from '../apply/project.ts'

type Versioned = { _id: string; version: number }

const byId = <T extends { _id: string }>(documents: readonly T[]): Map<string, T> =>
  new Map(documents.map((document) => [document._id, document]))

/** We wrote these documents; checking their text again costs a tenth of reading them. */
const trusted = { enableUtf8Validation: false }

const duplicateKey = 11000

/** Written out of bounds, or names and values BSON cannot hold; everything else may pass. */
const isAboutDocument = (error: unknown): boolean =>
  error instanceof RangeError ||
  error instanceof BSON.BSONError ||
  error instanceof MongoInvalidArgumentError

/**
 * Counts of a bulk write of which some lost to documents that were there already.
 *
 * @throws RefusedError if sending them again cannot help; any other error as it came
 */
const writtenIn = (error: unknown): number => {
  if (isAboutDocument(error))
    throw new RefusedError('the document cannot be written', { cause: error })
  if (!(error instanceof MongoBulkWriteError)) throw error
  const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]
  if (failures.length === 0) throw error
  if (failures.some(({ code }) => code !== duplicateKey))
    throw new RefusedError('the document was refused', { cause: error })
  return error.insertedCount + error.matchedCount
}

/**
 * Writes each document if nobody changed it since it was loaded: its `version` is one more than
 * then, 1 for a new one.
 *
 * @returns how many lost to another writer
 * @throws RefusedError if one of them can never be written
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

/**
 * Which entries can have a line in a head, and how many of the newest are looked at: reports sort
 * by time alone, of encounters all count.
 */
const lined: Record<LineKind, { filter: object; limit: number }> = {
  encounter: { filter: { 'data.status': { $in: ['open', 'planned'] } }, limit: 1_000 },
  report: { filter: {}, limit: 50 },
  allergy: { filter: { 'data.status': { $in: standing.allergy } }, limit: 1_000 },
  condition: { filter: { 'data.status': { $in: standing.condition } }, limit: 1_000 },
  prescription: { filter: { 'data.status': { $in: standing.prescription } }, limit: 1_000 },
  alert: { filter: { 'data.status': { $in: standing.alert } }, limit: 1_000 },
}

/** The only file of the projector that knows MongoDB. */
export const projectorStore = ({
  patients,
  entries,
  projections,
  held,
}: Pick<Mongo, 'patients' | 'entries' | 'projections' | 'held'>) => ({
  /** Everything a batch touches, read at once. What is not there yet is absent. */
  async load(touched: Pick<Touched, 'patients' | 'entries' | 'alone' | 'projections'>) {
    const [heads, known, holders, applied] = await Promise.all([
      touched.patients.length === 0
        ? []
        : patients.find({ _id: { $in: touched.patients } }, trusted).toArray(),
      touched.entries.length === 0
        ? []
        : entries.find({ _id: { $in: touched.entries } }, trusted).toArray(),
      touched.alone.length === 0
        ? []
        : entries.find({ holds: { $in: touched.alone } }, trusted).toArray(),
      touched.projections.length === 0
        ? []
        : projections
            .find({ _id: { $in: touched.projections } }, { projection: { received: 1 } })
            .toArray(),
    ])
    return {
      heads: byId(heads.map(expandHead)),
      entries: byId([...known, ...holders].map(expandEntry)),
      applied: new Map(applied.map(({ _id, received }) => [_id, received])),
    }
  },

  /** @returns how many lost to another writer; load and fold again */
  saveEntries: (changed: readonly Entry[]): Promise<number> =>
    saveAll(entries, changed.map(compactEntry)),
  saveHeads: (changed: readonly PatientHead[]): Promise<number> =>
    saveAll(patients, changed.map(compactHead)),

  /** Notes messages as applied; those noted before stay as they are. */
  saveProjections: (applied: readonly Projection[]): Promise<unknown> =>
    bulkNew(
      projections,
      applied.map((document) => ({ insertOne: { document } })),
    ),

  /** Entries that can have a line in the patient's head, newest first. */
  newest: (patient: string, kind: LineKind): Promise<Entry[]> =>
    entries
      .find({ patient, kind, ...lined[kind].filter })
      .sort({ sortAt: -1, _id: 1 })
      .limit(lined[kind].limit)
      .map(expandEntry)
      .toArray(),

  /** Documents that take the place of one of these or add to it. */
  async heirs(of: readonly { patient: string; documentId: string }[]): Promise<Entry[]> {
    const ids = { $in: of.map(({ documentId }) => documentId) }
    const either = [{ 'data.replaces': ids }, { 'data.addsTo': ids }]
    return (
      await entries
        .find(
          { patient: { $in: of.map(({ patient }) => patient) }, kind: 'document', $or: either },
          trusted,
        )
        .toArray()
    ).map(expandEntry)
  },

  /** Every allergy of these patients, standing or not. */
  async allergies(of: readonly string[]): Promise<Entry[]> {
    return (
      await entries.find({ patient: { $in: [...of] }, kind: 'allergy' }, trusted).toArray()
    ).map(expandEntry)
  },

  /** Held events of these patients in the order they came. */
  held: (of: readonly string[]): Promise<HeldEvent[]> =>
    held
      .find({ patient: { $in: [...of] } }, { promoteBuffers: true })
      .sort({ patient: 1, offset: 1 })
      .toArray(),

  hold: (events: readonly HeldEvent[]): Promise<unknown> =>
    bulkNew(
      held,
      events.map((document) => ({ insertOne: { document } })),
    ),
  unhold: async (ids: readonly string[]): Promise<void> => {
    if (ids.length > 0) await held.deleteMany({ _id: { $in: [...ids] } })
  },

  /** Patients of whom events are held. */
  heldPatients: (): Promise<string[]> => held.distinct('patient'),
})

export type Store = ReturnType<typeof projectorStore>
