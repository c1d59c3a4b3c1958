import type { MessageParked } from '@tideway/schemas/events.generated'
import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import type { Mongo } from '@tideway/mongo/client'
import { type ParkedRecord, type ParkedState, parkedState } from './parked-state.ts'
import { isAct, withdrawnStore } from './withdrawn-store.ts'

type ParkedCollections = Pick<Mongo, 'messages' | 'parkedEarly' | 'withdrawnEarly'>

const earlyAtOnce = 1_000

/**
 * Which messages of the ledger are parked, and which are withdrawn.
 *
 * The two topics are read concurrently, so a record may be read before the ledger has its message.
 * It then waits in `parked-early` until `settle` applies it.
 */
export const parkedStore = ({ messages, parkedEarly, withdrawnEarly }: ParkedCollections) => {
  const withdrawn = withdrawnStore({ messages, withdrawnEarly })
  /** @returns states whose message is not in the ledger yet */
  const apply = async (
    changes: ReadonlyMap<string, ParkedState | ParkedRecord[]>,
  ): Promise<Map<string, ParkedState>> => {
    const known = await messages
      .find({ _id: { $in: [...changes.keys()] } }, { projection: { parked: 1 } })
      .toArray()
    const before = new Map(known.map((message) => [message._id, message.parked]))
    const states = [...changes].map(([id, change]) => ({
      id,
      now: Array.isArray(change)
        ? change.reduce<ParkedState | null>(parkedState, before.get(id) ?? null)
        : change,
    }))
    const writes = states.flatMap(({ id, now }) => {
      if (now === null || !before.has(id) || now.at <= (before.get(id)?.at ?? -1)) return []
      return [
        {
          updateOne: {
            filter: { _id: id, 'parked.at': { $not: { $gte: now.at } } },
            update: { $set: { parked: now } },
          },
        },
      ]
    })
    if (writes.length > 0) await messages.bulkWrite(writes, { ordered: false })
    return new Map(
      states.flatMap(({ id, now }) => (before.has(id) || now === null ? [] : [[id, now] as const])),
    )
  }

  return {
    async record(records: readonly MessageParked[]): Promise<object> {
      await withdrawn.record(records.filter(isAct))
      const states = records.filter((record): record is ParkedRecord => !isAct(record))
      const early = await apply(
        Map.groupBy(
          states.toSorted((a, b) => a.at - b.at),
          ({ messageId }) => messageId,
        ),
      )
      return bulkWriteNew(
        parkedEarly,
        [...early].map(([_id, parked]) => ({
          replaceOne: {
            filter: { _id, 'parked.at': { $lt: parked.at } },
            replacement: { parked },
            upsert: true,
          },
        })),
      )
    },

    /** Applies records that were read before their message. Called periodically. */
    async settle(): Promise<void> {
      await withdrawn.settle()
      const waiting = await parkedEarly.find({}, { limit: earlyAtOnce }).toArray()
      if (waiting.length === 0) return
      const unmatched = await apply(new Map(waiting.map(({ _id, parked }) => [_id, parked])))
      const settled = waiting.filter(({ _id }) => !unmatched.has(_id))
      if (settled.length === 0) return
      await parkedEarly.bulkWrite(
        settled.map(({ _id, parked }) => ({
          deleteOne: { filter: { _id, 'parked.at': parked.at } },
        })),
        { ordered: false },
      )
    },
  }
}

export type ParkedStore = ReturnType<typeof parkedStore>
