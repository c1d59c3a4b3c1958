import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import type { Mongo } from '@tideway/mongo/client'

type LastMessage = { receivedAt: Date; type: string | null }

/**
 * The last message of each source. Every message changes it, so it is buffered and written once a
 * second; a crash loses nothing, because messages that are not archived are read again.
 */
export const feedStore = ({ feeds }: Pick<Mongo, 'feeds'>) => {
  const latest = new Map<string, LastMessage>()
  return {
    note(source: string, receivedAt: Date, type: string | null): void {
      const known = latest.get(source)
      if (known === undefined || known.receivedAt < receivedAt)
        latest.set(source, { receivedAt, type })
    },

    /** An older time never replaces a newer one: its upsert fails on the existing document. */
    async save(): Promise<void> {
      const unsaved = [...latest]
      latest.clear()
      try {
        await bulkWriteNew(
          feeds,
          unsaved.map(([source, { receivedAt, type }]) => ({
            updateOne: {
              filter: { _id: source, lastReceivedAt: { $lt: receivedAt } },
              update: { $set: { lastReceivedAt: receivedAt, lastType: type } },
              upsert: true,
            },
          })),
        )
      } catch (cause) {
        for (const [source, { receivedAt, type }] of unsaved) this.note(source, receivedAt, type)
        throw cause
      }
    },
  }
}

export type FeedStore = ReturnType<typeof feedStore>
