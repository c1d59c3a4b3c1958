import type { LedgerMessage, WithdrawnEarly } from '@tideway/schemas/documents/ledger'
import type { MessageParked } from '@tideway/schemas/events.generated'
import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import type { Mongo } from '@tideway/mongo/client'

type Withdrawn = NonNullable<LedgerMessage['withdrawn']>
type Act = MessageParked & { state: Withdrawn['state'] }

/** Whether a record says that a message was withdrawn or restored, and not that it is parked. */
export const isAct = (record: MessageParked): record is Act =>
  record.state === 'WITHDRAWN' || record.state === 'RESTORED'

const earlyAtOnce = 1_000

/**
 * Which messages of the ledger are withdrawn. A record read before its message waits in
 * `withdrawn-early`, for the two topics are read concurrently.
 */
export const withdrawnStore = ({
  messages,
  withdrawnEarly,
}: Pick<Mongo, 'messages' | 'withdrawnEarly'>) => {
  /** The newest act counts. @returns those whose message is not in the ledger yet */
  const apply = async (acts: readonly WithdrawnEarly[]): Promise<WithdrawnEarly[]> => {
    await messages.bulkWrite(
      acts.map(({ _id, withdrawn }) => ({
        updateOne: {
          filter: { _id, 'withdrawn.at': { $not: { $gte: withdrawn.at } } },
          update: { $set: { withdrawn } },
        },
      })),
      { ordered: true },
    )
    const known = await messages
      .find({ _id: { $in: acts.map(({ _id }) => _id) } }, { projection: { _id: 1 } })
      .toArray()
    const ids = new Set(known.map(({ _id }) => _id))
    return acts.filter(({ _id }) => !ids.has(_id))
  }

  return {
    async record(records: readonly Act[]): Promise<void> {
      if (records.length === 0) return
      const acts = records.map(({ messageId, state, at, by, reason }) => ({
        _id: messageId,
        withdrawn: { state, at, by, reason },
      }))
      const early = await apply(acts)
      for (const { _id, withdrawn } of early)
        await bulkWriteNew(withdrawnEarly, [
          {
            replaceOne: {
              filter: { _id, 'withdrawn.at': { $lt: withdrawn.at } },
              replacement: { withdrawn },
              upsert: true,
            },
          },
        ])
    },

    /** Applies records that were read before their message. */
    async settle(): Promise<void> {
      const waiting = await withdrawnEarly.find({}, { limit: earlyAtOnce }).toArray()
      if (waiting.length === 0) return
      const unmatched = new Set((await apply(waiting)).map(({ _id }) => _id))
      for (const { _id, withdrawn } of waiting)
        if (!unmatched.has(_id))
          await withdrawnEarly.deleteOne({ _id, 'withdrawn.at': withdrawn.at })
    },
  }
}
