import type { Collections } from '@tideway/mongo/collections'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'

/** Messages of the ledger that were ever parked. */
export async function* everParked({
  messages,
}: Pick<Collections, 'messages'>): AsyncGenerator<LedgerMessage> {
  for (const state of ['PARKED', 'RELEASED', 'DROPPED'] as const)
    yield* messages.find({ 'parked.state': state })
}
