import type { ArchiveObject, LedgerMessage } from '@tideway/schemas/documents/ledger'
import { bulkNew, type Mongo } from '@tideway/mongo/client'
import { coveringObject } from '@tideway/mongo/covering-object'

type Collections = Pick<Mongo, 'messages' | 'archiveObjects'>

const placeOf = ({ partition, offset }: { partition: number; offset: number }) =>
  `${partition}/${offset}`

/** Ledger messages and the index of the archive. */
export const ledgerStore = ({ messages, archiveObjects }: Collections) => ({
  /**
   * Writes messages that are new. One whose id is there from another place in the log is a
   * duplicate and noted as such; one that is there from the same place was written by an earlier
   * run.
   *
   * @param read  messages of one partition in log order
   * @returns offsets of the duplicates
   */
  async record(read: readonly LedgerMessage[]): Promise<Set<number>> {
    const firstOf = new Map<string, LedgerMessage>()
    for (const message of read) if (!firstOf.has(message._id)) firstOf.set(message._id, message)
    const candidates = [...firstOf.values()]
    const lost = await bulkNew(
      messages,
      candidates.map((document) => ({ insertOne: { document } })),
    )
    const there = [...lost].map((index) => candidates[index]?._id ?? '')
    const known =
      there.length === 0
        ? []
        : await messages
            .find({ _id: { $in: there } }, { projection: { partition: 1, offset: 1 } })
            .toArray()
    const original = new Map(candidates.map((message) => [message._id, placeOf(message)]))
    for (const message of known) original.set(message._id, placeOf(message))

    const duplicates = read.filter((message) => original.get(message._id) !== placeOf(message))
    if (duplicates.length > 0)
      await messages.bulkWrite(
        duplicates.map((message) => ({
          updateOne: {
            filter: { _id: message._id },
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

  /** Notes an object that is in the store; again changes nothing. */
  async add(object: ArchiveObject): Promise<object> {
    return bulkNew(archiveObjects, [{ insertOne: { document: object } }])
  },
})

export type LedgerStore = ReturnType<typeof ledgerStore>
