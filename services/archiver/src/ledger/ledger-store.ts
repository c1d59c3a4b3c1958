import type { ArchiveObject, LedgerMessage } from '@tideway/schemas/documents/ledger'
import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import type { Mongo } from '@tideway/mongo/client'
import { coveringObject } from '@tideway/mongo/covering-object'

type LedgerCollections = Pick<Mongo, 'messages' | 'archiveObjects'>

const placeOf = ({ partition, offset }: { partition: number; offset: number }) =>
  `${partition}/${offset}`

/** Places of the same bytes that a message keeps: a sender may repeat a message for ever. */
const duplicatesKept = 1_000

/** Messages of the ledger, and the index of archive objects. */
export const ledgerStore = ({ messages, archiveObjects }: LedgerCollections) => ({
  /**
   * Inserts new messages. One whose id exists with another partition and offset is a duplicate and
   * recorded as such; one that exists with the same ones was written by an earlier run.
   *
   * @param read  messages of one partition in log order
   * @returns offsets of the duplicates
   */
  async record(read: readonly LedgerMessage[]): Promise<Set<number>> {
    const firstOf = new Map<string, LedgerMessage>()
    for (const message of read) if (!firstOf.has(message._id)) firstOf.set(message._id, message)
    const candidates = [...firstOf.values()]
    const existing = await bulkWriteNew(
      messages,
      candidates.map((document) => ({ insertOne: { document } })),
    )
    const existingIds = [...existing].map((index) => candidates[index]?._id ?? '')
    const known =
      existingIds.length === 0
        ? []
        : await messages
            .find({ _id: { $in: existingIds } }, { projection: { partition: 1, offset: 1 } })
            .toArray()
    const original = new Map(candidates.map((message) => [message._id, placeOf(message)]))
    for (const message of known) original.set(message._id, placeOf(message))

    const duplicates = read.filter((message) => original.get(message._id) !== placeOf(message))
    if (duplicates.length > 0)
      await messages.bulkWrite(
        duplicates.map((message) => ({
          updateOne: {
            filter: { _id: message._id, [`duplicates.${duplicatesKept - 1}`]: { $exists: false } },
            update: { $addToSet: { duplicates: placeOf(message) } },
          },
        })),
        { ordered: false },
      )
    return new Set(duplicates.map(({ offset }) => offset))
  },

  /** Last offset of the object that covers this one; null if none does. */
  async coveredUntil(partition: number, offset: number): Promise<{ last: number | null }> {
    const object = await coveringObject({ archiveObjects }, partition, offset)
    return { last: object !== null && object.last >= offset ? object.last : null }
  },

  /**
   * How far the objects of a partition cover it from offset 0 on without a gap: what is archived
   * was written to the ledger before.
   *
   * @returns the first offset after them, and when their last message was received; null if there
   *   are none
   */
  async coveredFromStart(partition: number): Promise<{ next: number; at: Date } | null> {
    let next = 0
    let at: Date | null = null
    const objects = archiveObjects
      .find({ partition }, { projection: { first: 1, last: 1, lastReceivedAt: 1 } })
      .sort({ first: 1 })
    for await (const { first, last, lastReceivedAt } of objects) {
      if (first > next) break
      next = Math.max(next, last + 1)
      at = lastReceivedAt
    }
    return at === null ? null : { next, at }
  },

  /** Adds an archive object to the index. Idempotent. */
  async add(object: ArchiveObject): Promise<object> {
    return bulkWriteNew(archiveObjects, [{ insertOne: { document: object } }])
  },
})

export type LedgerStore = ReturnType<typeof ledgerStore>
