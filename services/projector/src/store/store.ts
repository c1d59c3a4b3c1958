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
import type { Collections } from '@tideway/mongo/collections'
import type { Collection } from 'mongodb'
import { pure } from '../errors.ts'
import { newHead } from '@tideway/record/demographics/head'
import type { LineKind } from '@tideway/record/summary/head-lines'
import { endOfShared } from '@tideway/record/entries/matching/shared-number'
import { standing } from '@tideway/record/summary/statement-lines'
import type { Touched } from '../apply/touched.ts'
import { saveAll } from './save-all.ts'

type Own = Pick<Collections, 'patients' | 'entries' | 'projections' | 'held'>

const byId = <T extends { _id: string }>(documents: readonly T[]): Map<string, T> =>
  new Map(documents.map((document) => [document._id, document]))

/**
 * This service wrote these documents; validating their UTF-8 again costs a tenth of reading them.
 */
const trusted = { enableUtf8Validation: false }

/** Statuses of entries that can have a line in a head; null: any. */
const linedStatuses: Record<LineKind, readonly string[] | null> = {
  encounter: ['open', 'planned'],
  report: null,
  ...standing,
}

/** Without what holds observations of a report. */
const noChunk = { chunkOf: { $exists: false } } as const

const linedAtMost = 1_000
const newestLooked = 50
const inSectionOrder = { sortAt: -1, _id: 1 } as const
const dayMs = 86_400_000
/** Widths of the windows of clinical time searched for the newest entries, then all time. */
const windowsMs = [1, 16, 256].map((days) => days * dayMs)

/**
 * The newest entries of one kind, by time windows, so that a store that does not stop at a limit
 * reads only part of the history.
 */
const newestOf = async (
  entries: Collection<Entry>,
  patient: string,
  kind: LineKind,
  count: number,
): Promise<Entry[]> => {
  const read = (sortAt: { $gt?: Date; $lt?: Date }, limit: number) =>
    entries.find({ patient, kind, sortAt }).sort(inSectionOrder).limit(limit).toArray()
  const now = Date.now()
  const found: Entry[] = []
  let until: Date | null = null
  for (const width of [...windowsMs, null]) {
    const from: Date | null = width === null ? null : new Date(now - width)
    // Exclusive: SecantusDB in Python omits documents equal to a `$gte` bound of a descending
    // field.
    const range = {
      ...(from && { $gt: new Date(from.getTime() - 1) }),
      ...(until && { $lt: until }),
    }
    found.push(...(await read(range, count - found.length)))
    if (found.length === count) break
    until = from
  }
  return pure(() => found.map(expandEntry))
}

/**
 * The only file of the projector that knows MongoDB.
 *
 * @param rules  version of the rules, written with each document; see `rulesVersion`
 */
export const projectorStore = ({ patients, entries, projections, held }: Own, rules: string) => ({
  /** All documents a batch touches, read at once. Missing ones are absent. */
  async load(touched: Pick<Touched, 'patients' | 'entries' | 'alone' | 'sharing' | 'projections'>) {
    const [heads, known, holders, sharing, applied] = await Promise.all([
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
      touched.projections.length === 0
        ? []
        : projections
            .find({ _id: { $in: touched.projections } }, { projection: { received: 1 } })
            .toArray(),
    ])
    return pure(() => ({
      heads: byId(heads.map(expandHead)),
      entries: byId([...known, ...holders, ...sharing.flat()].map(expandEntry)),
      applied: new Map(applied.map(({ _id, received }) => [_id, received])),
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
  async newest(patient: string, kind: LineKind): Promise<Entry[]> {
    const statuses = linedStatuses[kind]
    if (statuses === null) return newestOf(entries, patient, kind, newestLooked)
    // The status is filtered here: no index has it, and with it SecantusDB would read every kind.
    const all = await entries.find({ patient, kind }).sort(inSectionOrder).toArray()
    return pure(() =>
      all
        .filter(({ data }) => 'status' in data && statuses.includes(data.status))
        .slice(0, linedAtMost)
        .map(expandEntry),
    )
  },

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

  /** Patients with held events. */
  heldPatients: (): Promise<string[]> => held.distinct('patient'),
})

export type Store = ReturnType<typeof projectorStore>
