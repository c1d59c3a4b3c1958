import type { Collections } from '@tideway/mongo/collections'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'

type Withdrawn = LedgerMessage & { withdrawn: NonNullable<LedgerMessage['withdrawn']> }

/** Messages of the ledger that were ever withdrawn, those restored since too. */
export async function* everWithdrawn({
  messages,
  withdrawals,
}: Pick<Collections, 'messages' | 'withdrawals'>): AsyncGenerator<Withdrawn> {
  const ids = (await withdrawals.find({}).toArray()).map(({ _id }) => _id)
  for await (const message of messages.find({ _id: { $in: ids } }))
    if (message.withdrawn !== undefined) yield message as Withdrawn
}
