import { type Collection, type Document, type IndexSpecification, MongoServerError } from 'mongodb'
import { type Collections, recordCollections } from './collections.ts'

type Indexed = keyof Collections
type Index = {
  on: Indexed
  key: IndexSpecification
  options?: { unique?: true; sparse?: true }
}

/**
 * Every index that a query relies on; none is partial, because SecantusDB in Python does not read
 * partial indexes. Neither SecantusDB stops reading at a limit, so a query that takes the newest of
 * many also bounds the time (`newestMessages`, `timeWindows`).
 */
export const indexes: readonly Index[] = [
  { on: 'patients', key: { id: 1 }, options: { unique: true } },
  { on: 'patients', key: { nhsNumber: 1, birthDate: 1 } },
  { on: 'entries', key: { patient: 1, kind: 1, sortAt: -1, _id: 1 } },
  { on: 'entries', key: { id: 1 } },
  { on: 'entries', key: { holds: 1 }, options: { sparse: true } },
  { on: 'entries', key: { 'notShown.of': 1 }, options: { sparse: true } },
  { on: 'entries', key: { 'data.replaces': 1 }, options: { sparse: true } },
  { on: 'entries', key: { 'data.addsTo': 1 }, options: { sparse: true } },
  { on: 'projections', key: { patient: 1 } },
  { on: 'held', key: { patient: 1, offset: 1 } },
  { on: 'held', key: { message: 1 } },
  { on: 'identityConflicts', key: { patient: 1 } },
  { on: 'messages', key: { controlId: 1, received: -1, _id: 1 } },
  { on: 'messages', key: { source: 1, received: -1, _id: 1 } },
  { on: 'messages', key: { 'parked.state': 1, received: -1, _id: 1 } },
  { on: 'messages', key: { received: -1, _id: 1 } },
  // Not the keys of the partial indexes they replace, so that an earlier release still starts.
  { on: 'messages', key: { 'parked.state': 1, patientKeys: 1, _id: 1 } },
  { on: 'messages', key: { 'problem.code': 1, patientKeys: 1, _id: 1 } },
  { on: 'archiveObjects', key: { partition: 1, first: 1 } },
  { on: 'parkedEarly', key: { patientKeys: 1, _id: 1 } },
  { on: 'identities', key: { blockKeys: 1 } },
  { on: 'identities', key: { mentions: 1 } },
  { on: 'identities', key: { due: 1 }, options: { sparse: true } },
  { on: 'persons', key: { 'members.patient': 1 } },
  { on: 'persons', key: { 'pending.at': 1 }, options: { sparse: true } },
  { on: 'personHistory', key: { person: 1, at: 1 } },
  { on: 'workItems', key: { state: 1, since: 1, _id: 1 } },
  { on: 'workItems', key: { patients: 1 } },
]

/** Indexes of earlier releases that no query reads any more. */
const retired: readonly { on: Indexed; name: string }[] = [
  { on: 'messages', name: 'parked.state_1_patientKeys_1' },
  { on: 'messages', name: 'problem.code_1_patientKeys_1' },
  { on: 'messages', name: 'partition_1_offset_1' },
]

const namespaceNotFound = 26
const indexNotFound = 27

const dropIfThere = async (collection: Pick<Collection, 'dropIndex'>, name: string) => {
  try {
    await collection.dropIndex(name)
  } catch (error) {
    const isGone =
      error instanceof MongoServerError &&
      (error.code === namespaceNotFound || error.code === indexNotFound)
    if (!isGone) throw error
  }
}

const collectionIn = (collections: Collections, name: Indexed) =>
  collections[name] as unknown as Collection<Document>

/**
 * Makes the indexes that are missing, then drops the retired ones. Safe to repeat and to run from
 * several processes. On a database of an earlier release it reads each collection once for each
 * index that is new to it.
 */
export const ensureIndexes = async (collections: Collections): Promise<void> => {
  for (const { on, key, options } of indexes)
    await collectionIn(collections, on).createIndex(key, options ?? {})
  for (const { on, name } of retired) await dropIfThere(collectionIn(collections, on), name)
}

const ofRecord: ReadonlySet<Indexed> = new Set(recordCollections)

/** Makes the indexes of a new generation of the record; later they would block it. */
export const indexGeneration = async (collections: Collections): Promise<void> => {
  for (const { on, key, options } of indexes)
    if (ofRecord.has(on)) await collectionIn(collections, on).createIndex(key, options ?? {})
}
