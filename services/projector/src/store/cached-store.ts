import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { LRUCache } from 'lru-cache'
import type { Store } from './store.ts'

/** Heads stay under 16 KB and have some 3 KB; entries may be long. */
const mostHeads = 4_096
/** Bytes, about. */
const entriesRoom = 64_000_000

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

/** Until a save has succeeded nobody knows what the store has. */
const saving =
  <T extends Kept>(save: (documents: readonly T[]) => Promise<number>, kept: LRUCache<string, T>) =>
  async (documents: readonly T[]): Promise<number> => {
    for (const { _id } of documents) kept.delete(_id)
    const lost = await save(documents)
    if (lost === 0) keep(kept, documents)
    return lost
  }

/**
 * The same store, which remembers what it loaded and saved last: a patient of whom one hears is
 * soon heard of again.
 *
 * What is remembered may be older than what is stored only if another process took the partition
 * over, and then the save, guarded by the version, loses; the documents are forgotten and loaded
 * anew. `forget` is for when partitions change hands, so that this stays rare. Which messages were
 * applied is always asked of the store.
 */
export const rememberingStore = (store: Store) => {
  const heads = new LRUCache<string, PatientHead>({ max: mostHeads })
  const entries = new LRUCache<string, Entry>({ maxSize: entriesRoom, sizeCalculation: sizeOf })
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
    saveHeads: saving(store.saveHeads, heads),
    saveEntries: saving(store.saveEntries, entries),
    forget: () => {
      heads.clear()
      entries.clear()
    },
  }
}
