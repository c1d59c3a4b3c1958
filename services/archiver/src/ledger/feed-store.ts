import { bulkNew, type Mongo } from '@tideway/mongo/client'

type Heard = { receivedAt: Date; type: string | null }

/**
 * When each source was last heard. Kept here and written at most once a second, since every message
 * changes it; a crash loses nothing, because what was not archived is read again.
 */
export const feedStore = ({ feeds }: Pick<Mongo, 'feeds'>) => {
  const heard = new Map<string, Heard>()
  return {
    note(source: string, receivedAt: Date, type: string | null): void {
      const known = heard.get(source)
      if (known === undefined || known.receivedAt < receivedAt)
        heard.set(source, { receivedAt, type })
    },

    /** An older time never replaces a newer one: its upsert loses to the document that is there. */
    async save(): Promise<void> {
      const news = [...heard]
      heard.clear()
      try {
        await bulkNew(
          feeds,
          news.map(([source, { receivedAt, type }]) => ({
            updateOne: {
              filter: { _id: source, lastReceivedAt: { $lt: receivedAt } },
              update: { $set: { lastReceivedAt: receivedAt, lastType: type } },
              upsert: true,
            },
          })),
        )
      } catch (cause) {
        for (const [source, { receivedAt, type }] of news) this.note(source, receivedAt, type)
        throw cause
      }
    },
  }
}

export type FeedStore = ReturnType<typeof feedStore>
