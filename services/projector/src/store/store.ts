import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { IdentityConflict } from '@tideway/schemas/documents/identity-conflict'
import type { HeldEvent, Projection } from '@tideway/schemas/documents/ledger'
import {
  compactEntry,
  compactHead,
  expandEntry,
  expandHead,
} from '@tideway/schemas/documents/storage-format'
import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import type { Collections } from '@tideway/mongo/collections'
import { pure } from '../errors.ts'
import { newHead } from '@tideway/record/demographics/head'
import type { LineKind } from '@tideway/record/summary/head-lines'
import { endOfShared } from '@tideway/record/entries/matching/shared-number'
import type { Touched } from '../apply/touched.ts'
import { historyStore } from './history-store.ts'
import { newestWithLine } from './newest-entries.ts'
import { saveAll } from './save-all.ts'

type Own = Pick<
  Collections,
  'patients' | 'entries' | 'projections' | 'withdrawals' | 'held' | 'identityConflicts'
>

const byId = <T extends { _id: string }>(documents: readonly T[]): Map<string, T> =>
  new Map(documents.map((document) => [document._id, document]))

/**
 * This service wrote these documents; validating their UTF-8 again costs a tenth of reading them.
 */
const trusted = { enableUtf8Validation: false }

/** Without what holds observations of a report. */
const noChunk = { chunkOf: { $exists: false } } as const

/**
 * With `historyStore` the only file of the projector that knows MongoDB.
 *
 * @param rules  version of the rules, written with each document; see `rulesVersion`
 */
export const projectorStore = (collections: Own, rules: string) => {
  const history = historyStore(collections)
  return { ...history, ...documentStore(collections, history, rules) }
}

const documentStore = (
  { patients, entries, projections, held, identityConflicts }: Own,
  { projected, withdrawnAmong }: ReturnType<typeof historyStore>,
  rules: string,
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
          entries
            .find({ _id: { $gte: shared, $lt: endOfShared(shared) }, ...noChunk }, trusted)
            .toArray(),
        ),
      ),
      projected(touched.projections),
      withdrawnAmong(touched.projections),
    ])
    return pure(() => ({
      heads: byId(heads.map(expandHead)),
      entries: byId([...known, ...holders, ...sharing.flat()].map(expandEntry)),
      applied: new Map(
        before.flatMap(({ _id, received, pending }) =>
          pending === undefined ? [[_id, received] as const] : [],
        ),
      ),
      told: byId(before.filter(({ told }) => told !== undefined)),
      withdrawn: new Set(withdrawn),
    }))
  },

  /** @returns number of documents lost to another writer; load and fold again */
  saveEntries: async (changed: readonly Entry[]): Promise<number> =>
    saveAll(
      entries,
      pure(() => changed.map(compactEntry)),
      rules,
    ),
  /** Removes entries whose facts are in others; those already gone are left out. */
  async removeEntries(ids: readonly string[]): Promise<void> {
    await entries.deleteMany({ _id: { $in: [...ids] } })
  },
  saveHeads: async (changed: readonly PatientHead[]): Promise<number> =>
    saveAll(
      patients,
      pure(() => changed.map(compactHead)),
      rules,
    ),

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
    return pure(() => [...byId([...replacing, ...adding]).values()].map(expandEntry))
  },

  /** Every allergy of these patients, current or not. One query per patient: see `indexes`. */
  async allergies(of: readonly string[]): Promise<Entry[]> {
    const read = (patient: string) => entries.find({ patient, kind: 'allergy' }, trusted).toArray()
    const found = (await Promise.all([...new Set(of)].map(read))).flat()
    return pure(() => found.map(expandEntry))
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

  /**
   * Marks a patient as incomplete without reading the head; one that is so already stays as it is.
   */
  async markIncomplete(
    patient: string,
    incomplete: NonNullable<PatientHead['incomplete']>,
  ): Promise<void> {
    const marked = await patients.updateOne(
      { _id: patient, incomplete: null },
      { $set: { incomplete }, $inc: { version: 1 } },
    )
    if (marked.matchedCount > 0) return
    const head = { ...newHead(patient), version: 1, incomplete }
    await bulkWriteNew(patients, [{ insertOne: { document: compactHead(head) } }])
  },

  /** Keeps what messages in conflict state; what is kept already stays. */
  saveConflicts: (conflicts: readonly IdentityConflict[]): Promise<unknown> =>
    bulkWriteNew(
      identityConflicts,
      conflicts.map((document) => ({ insertOne: { document } })),
    ),

  /** Patients with held events. */
  heldPatients: (): Promise<string[]> => held.distinct('patient'),
})

export type Store = ReturnType<typeof projectorStore>
