import type { MessageParked } from '@tideway/schemas/events.generated'
import { bulkNew, type Mongo } from '@tideway/mongo/client'
import { type ParkedState, parkedState } from './parked-state.ts'

type Collections = Pick<Mongo, 'messages' | 'parkedEarly'>

const earlyAtOnce = 1_000

/**
 * Whether a message is parked, in the ledger.
 *
 * The two topics are read side by side, so a record may come before the ledger has its message; it
 * waits in `parked-early` and `settle` brings it home.
 */
export const parkedStore = ({ messages, parkedEarly }: Collections) => {
  /** @returns those whose message is not in the ledger yet */
  const apply = async (
    said: ReadonlyMap<string, ParkedState | MessageParked[]>,
  ): Promise<Map<string, ParkedState>> => {
    const known = await messages
      .find({ _id: { $in: [...said.keys()] } }, { projection: { parked: 1 } })
      .toArray()
    const before = new Map(known.map((message) => [message._id, message.parked]))
    const states = [...said].map(([id, what]) => ({
      id,
      now: Array.isArray(what)
        ? what.reduce<ParkedState | null>(parkedState, before.get(id) ?? null)
        : what,
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
      const early = await apply(
        Map.groupBy(
          records.toSorted((a, b) => a.at - b.at),
          ({ messageId }) => messageId,
        ),
      )
      return bulkNew(
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

    /** Brings home what came early; to be called every now and then. */
    async settle(): Promise<void> {
      const waiting = await parkedEarly.find({}, { limit: earlyAtOnce }).toArray()
      if (waiting.length === 0) return
      const still = await apply(new Map(waiting.map(({ _id, parked }) => [_id, parked])))
      const home = waiting.filter(({ _id }) => !still.has(_id))
      if (home.length === 0) return
      await parkedEarly.bulkWrite(
        home.map(({ _id, parked }) => ({ deleteOne: { filter: { _id, 'parked.at': parked.at } } })),
        { ordered: false },
      )
    },
  }
}

export type ParkedStore = ReturnType<typeof parkedStore>
