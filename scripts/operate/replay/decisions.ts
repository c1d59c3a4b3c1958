import type { Outgoing } from '@tideway/kafka/client'
import type { Line } from '../open-line.ts'

/** What was decided about messages, which replaying them respects. */
export type Decisions = {
  isDropped: (message: string) => boolean
  /** A message that was parked when received is replayed only if it has been released. */
  isReleased: (message: string) => Promise<boolean>
  isWithdrawn: (message: string) => boolean
  /**
   * The acts that withdraw a message, for the patients its events are about, where its events are
   * to be on the log all the same; null: they are left out.
   */
  withdrawal: ((message: string, patients: readonly string[]) => Outgoing[]) | null
}

/** Decisions as the ledger has them; withdrawn messages are left out. */
export const decisionsIn = async ({ mongo }: Line): Promise<Decisions> => {
  const projection = { _id: 1 } as const
  const dropped = await mongo.messages.find({ 'parked.state': 'DROPPED' }, { projection }).toArray()
  const withdrawn = await mongo.withdrawals.find({ state: 'WITHDRAWN' }).toArray()
  const ids = (all: readonly { _id: string }[]) => new Set(all.map(({ _id }) => _id))
  const [droppedIds, withdrawnIds] = [ids(dropped), ids(withdrawn)]
  return {
    isDropped: (message) => droppedIds.has(message),
    isReleased: async (message) =>
      (await mongo.messages.findOne({ _id: message }, { projection: { parked: 1 } }))?.parked
        ?.state === 'RELEASED',
    isWithdrawn: (message) => withdrawnIds.has(message),
    withdrawal: null,
  }
}
