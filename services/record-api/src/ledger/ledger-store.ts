import type { Mongo } from '@tideway/mongo/client'
import { newestMessages, type NewestMessages } from '@tideway/mongo/newest-messages'
import type { LedgerMessage, Projection } from '@tideway/schemas/documents/ledger'
import { archiveStore } from '../chart/archive-store.ts'
import type { LedgerCursor } from './ledger-cursor.ts'

/** What the ledger is read from. It never writes, and an index serves every query. */
export const ledgerStore = (mongo: Mongo) => {
  const { messages, projections } = mongo
  return {
    message: (id: string): Promise<LedgerMessage | null> => messages.findOne({ _id: id }),

    /**
     * A page of the messages with a control id, newest first.
     *
     * @param source  ODS code; null: of every source
     * @param before  the message the previous page ended with; null: from the newest
     */
    messages: (
      controlId: string,
      source: string | null,
      before: LedgerCursor | null,
      limit: number,
    ): Promise<NewestMessages> =>
      newestMessages(
        { messages },
        { controlId },
        source === null ? null : (message) => message.source === source,
        before && { received: before.received, _id: before.id },
        limit,
      ),

    projectionsOf: (ids: readonly string[]): Promise<Projection[]> =>
      projections.find({ _id: { $in: [...ids] } }).toArray(),

    archivePlaces: archiveStore(mongo).archivePlaces,
  }
}

export type MessageLedgerStore = ReturnType<typeof ledgerStore>
