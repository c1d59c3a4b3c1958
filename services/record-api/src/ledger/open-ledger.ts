import type { ArchivePlace } from '@tideway/schemas/documents/archive-place'
import type { LedgerMessage, Projection } from '@tideway/schemas/documents/ledger'
import type { Subject } from '../chart/access.ts'
import { ApiError } from '../errors.ts'
import type { LedgerCursor } from './ledger-cursor.ts'
import { ledgerSearch, type MessageFilters } from './message-filters.ts'
import type { MessageLedgerStore } from './ledger-store.ts'

/**
 * A message of the ledger, which of its patients' projections are done, and where it is archived.
 */
export type MessageFate = {
  message: LedgerMessage
  projections: readonly Projection[]
  archive: ArchivePlace | null
}

const maySee = ({ role, organisation }: Subject, source: string): boolean =>
  role === 'operator' || source === organisation

/**
 * The ledger of received messages as one subject may read it: an operator any source's, a system
 * its own organisation's. It has no clinical content.
 */
export const openLedger = (store: MessageLedgerStore, subject: Subject) => {
  const fatesOf = async (found: readonly LedgerMessage[]): Promise<MessageFate[]> => {
    const ids = found.flatMap(({ _id, patientKeys }) => patientKeys.map((key) => `${_id}|${key}`))
    const [projections, archive] = await Promise.all([
      store.projectionsOf(ids),
      store.archivePlaces(found),
    ])
    const byMessage = Map.groupBy(projections, ({ _id }) => _id.slice(0, _id.indexOf('|')))
    return found.map((message) => ({
      message,
      projections: byMessage.get(message._id) ?? [],
      archive: archive.get(message._id) ?? null,
    }))
  }

  return {
    /**
     * A page of messages, newest first; a source that is not named is every source the subject may
     * see.
     *
     * @param before  the message the previous page ended with; null: from the newest
     * @throws ApiError NOT_YOUR_SOURCE
     */
    async find(
      filters: MessageFilters,
      before: LedgerCursor | null,
      limit: number,
    ): Promise<{ fates: MessageFate[]; next: LedgerCursor | null }> {
      const { source } = filters
      if (source !== null && !maySee(subject, source)) throw new ApiError('NOT_YOUR_SOURCE')
      const only = source ?? (subject.role === 'operator' ? null : subject.organisation)
      const { messages, next } = await store.messages(
        ledgerSearch({ ...filters, source: only }),
        before,
        limit,
      )
      return {
        fates: await fatesOf(messages),
        next: next && { received: next.received, id: next._id },
      }
    },

    /** @throws ApiError NO_SUCH_MESSAGE, also for a source the subject may not see */
    async message(id: string): Promise<MessageFate> {
      const message = await store.message(id)
      const [fate] =
        message !== null && maySee(subject, message.source) ? await fatesOf([message]) : []
      if (fate === undefined) throw new ApiError('NO_SUCH_MESSAGE')
      return fate
    },
  }
}

export type OpenLedger = ReturnType<typeof openLedger>
