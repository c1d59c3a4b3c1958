import type { Collections } from '@tideway/mongo/collections'
import { onCurrent } from '@tideway/mongo/follow-generation'
import { newestMessages, type NewestMessages } from '@tideway/mongo/newest-messages'
import type { LedgerMessage, Projection } from '@tideway/schemas/documents/ledger'
import { archiveStore } from '../chart/archive-store.ts'
import type { LedgerCursor } from './ledger-cursor.ts'
import type { LedgerSearch } from './message-filters.ts'

/** What the ledger is read from. It never writes, and an index serves every query. */
export const ledgerStore = (mongo: Collections) => {
  const { messages, projections } = mongo
  return {
    message: (id: string): Promise<LedgerMessage | null> => messages.findOne({ _id: id }),

    /**
     * A page of messages, newest first. Where few messages are wanted, a page may be short and
     * `next` not null.
     *
     * @param before  the message the previous page ended with; null: from the newest
     */
    messages: (
      { by, keep, from, to }: LedgerSearch,
      before: LedgerCursor | null,
      limit: number,
    ): Promise<NewestMessages> => {
      const belowTo = to === null ? null : { received: to - 1, _id: '' }
      const below = before === null ? belowTo : { received: before.received, _id: before.id }
      return newestMessages({ messages }, by, keep, below, limit, Date.now() * 1000, from)
    },

    /** Of messages that count as applied: not while an event is held, or the message withdrawn. */
    projectionsOf: async (ids: readonly string[]): Promise<Projection[]> => {
      const found = await projections
        .find({ _id: { $in: [...ids] } }, { projection: { told: 0 } })
        .toArray()
      return found.filter(({ pending }) => pending === undefined)
    },

    archivePlaces: archiveStore(mongo).archivePlaces,
  }
}

export type MessageLedgerStore = ReturnType<typeof ledgerStore>

/** The ledger, with what the live generation of the record has of its messages. */
export const currentLedger = (store: () => Promise<MessageLedgerStore>): MessageLedgerStore =>
  onCurrent(store, ['message', 'messages', 'projectionsOf', 'archivePlaces'])
