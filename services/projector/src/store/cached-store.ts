import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { LRUCache } from 'lru-cache'
import type { Store } from './store.ts'

/**
 * What is kept: a head is about 3 KB, at most 16 KB; entries differ in size, so they are counted in
 * bytes, approximately.
 */
const keptByDefault = { heads: 4_096, entriesBytes: 64_000_000 }

/** Approximate size of an entry in memory, bytes. */
const sizeOf = ({ data }: Entry): number => {
  if (data.kind === 'encounter')
    return 2_000 + 600 * (data.movements.length + data.stays.length) + 2_000 * data.details.length
  if (data.kind === 'document')
    return data.reported.reduce((sum, { text }) => sum + 1_500 + (text?.length ?? 0), 1_000)
  if (data.kind !== 'report')
    return (
      1_000 +
      data.reported.reduce(
        (sum, statement) =>
          sum +
          2_000 +
          ('json' in statement && typeof statement.json === 'string' ? statement.json.length : 0),
        0,
      )
    )
  const ofHeader = data.header.reduce(
    (sum, { fields }) => sum + 1_000 + (fields.notes ?? []).join('').length,
    1_000,
  )
  return data.observations.reduce(
    (sum, { reported }) =>
      reported.reduce(
        (own, { value, notes }) => own + 500 + (value?.length ?? 0) + notes.join('').length,
        sum,
      ),
    ofHeader,
  )
}

type Kept = { _id: string; version: number }

const split = <T extends Kept>(ids: readonly string[], kept: LRUCache<string, T>) => {
  const found = new Map<string, T>()
  const missing: string[] = []
  for (const id of ids) {
    const document = kept.get(id)
    if (document === undefined) missing.push(id)
    else found.set(id, document)
  }
  return { found, missing }
}

const keep = <T extends Kept>(kept: LRUCache<string, T>, documents: Iterable<T>): void => {
  for (const document of documents) kept.set(document._id, document)
}

/**
 * Removes documents from the cache while they are being saved, because the stored state is then
 * unknown.
 */
const saveThrough =
  <T extends Kept>(save: (documents: readonly T[]) => Promise<number>, kept: LRUCache<string, T>) =>
  async (documents: readonly T[]): Promise<number> => {
    for (const { _id } of documents) kept.delete(_id)
    const lost = await save(documents)
    if (lost === 0) keep(kept, documents)
    return lost
  }

/**
 * A store with a cache of the documents loaded and saved last: the next event of a patient tends to
 * follow soon.
 *
 * A cached document can be stale only if another process was assigned the partition. The version
 * guard then rejects the save, and the document is dropped from the cache and loaded again. `clear`
 * is called when partitions are reassigned, to keep that rare. The applied messages are always read
 * from the store.
 */
export const cachedStore = (store: Store, size = keptByDefault) => {
  const heads = new LRUCache<string, PatientHead>({ max: size.heads })
  const entries = new LRUCache<string, Entry>({
    maxSize: size.entriesBytes,
    sizeCalculation: sizeOf,
  })
  return {
    ...store,
    load: async (touched: Parameters<Store['load']>[0]) => {
      const known = {
        heads: split(touched.patients, heads),
        entries: split(touched.entries, entries),
      }
      const loaded = await store.load({
        patients: known.heads.missing,
        entries: known.entries.missing,
        alone: touched.alone,
        sharing: touched.sharing,
        projections: touched.projections,
      })
      keep(heads, loaded.heads.values())
      keep(entries, loaded.entries.values())
      return {
        ...loaded,
        heads: new Map([...known.heads.found, ...loaded.heads]),
        entries: new Map([...known.entries.found, ...loaded.entries]),
      }
    },
    saveHeads: saveThrough(store.saveHeads, heads),
    saveEntries: saveThrough(store.saveEntries, entries),
    removeEntries: async (ids: readonly string[]): Promise<void> => {
      for (const id of ids) entries.delete(id)
      await store.removeEntries(ids)
    },
    markIncomplete: async (...marked: Parameters<Store['markIncomplete']>): Promise<void> => {
      heads.delete(marked[0])
      await store.markIncomplete(...marked)
    },
    clear: () => {
      heads.clear()
      entries.clear()
    },
  }
}
