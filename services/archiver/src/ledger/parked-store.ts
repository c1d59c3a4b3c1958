import type { MessageParked } from '@tideway/schemas/events.generated'
import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import type { Mongo } from '@tideway/mongo/client'
import { type ParkedRecord, type ParkedState, parkedState } from './parked-state.ts'
import { isAct, withdrawnStore } from './withdrawn-store.ts'

type ParkedCollections = Pick<Mongo, 'messages' | 'parkedEarly' | 'withdrawnEarly'>
/** A state, and the patients of the message as far as its records say. */
type Early = { parked: ParkedState; patientKeys: string[] }

const earlyAtOnce = 1_000

const keysIn = (records: readonly MessageParked[]): string[] => [
  ...new Set(
    records.flatMap(({ patientKey, patientKeys }) =>
      patientKey === null ? patientKeys : [patientKey, ...patientKeys],
    ),
  ),
]

/**
 * Which messages of the ledger are parked, and which are withdrawn.
 *
 * The two topics are read concurrently, so a record may be read before the ledger has its message.
 * It then waits in `parked-early` until `settle` applies it. What is said of parked messages is
 * kept on the log for longer than they are: a ledger that was made anew may never have a message,
 * and its state stays there, with the patients it is about.
 */
export const parkedStore = ({ messages, parkedEarly, withdrawnEarly }: ParkedCollections) => {
  const withdrawn = withdrawnStore({ messages, withdrawnEarly })
  /** @returns ids whose message is not in the ledger yet, with their new state */
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

  /** What is known early of some messages, with what records add to it. */
  const withKnown = async (
    early: ReadonlyMap<string, ParkedState>,
    records: ReadonlyMap<string, readonly MessageParked[]>,
  ): Promise<[string, Early][]> => {
    if (early.size === 0) return []
    const known = await parkedEarly.find({ _id: { $in: [...early.keys()] } }).toArray()
    const keysOf = new Map(known.map(({ _id, patientKeys = [] }) => [_id, patientKeys]))
    return [...early].map(([id, parked]) => [
      id,
      {
        parked,
        patientKeys: [...new Set([...(keysOf.get(id) ?? []), ...keysIn(records.get(id) ?? [])])],
      },
    ])
  }

  /** The last of the messages that `settle` looked at; it goes on after it, then begins again. */
  let settledTo = ''

  return {
    async record(records: readonly MessageParked[]): Promise<object> {
      await withdrawn.record(records.filter(isAct))
      const byMessage = Map.groupBy(
        records
          .filter((record): record is ParkedRecord => !isAct(record))
          .toSorted((a, b) => a.at - b.at),
        ({ messageId }) => messageId,
      )
      const early = await withKnown(await apply(byMessage), byMessage)
      return bulkWriteNew(
        parkedEarly,
        early.flatMap(([_id, { parked, patientKeys }]) => [
          {
            replaceOne: {
              filter: { _id, 'parked.at': { $lt: parked.at } },
              replacement: { parked, patientKeys },
              upsert: true,
            },
          },
          // An older record may be the one that says whose message it is.
          {
            updateOne: {
              filter: { _id },
              update: { $addToSet: { patientKeys: { $each: patientKeys } } },
            },
          },
        ]),
      )
    },

    /** Applies records that were read before their message. Called periodically. */
    async settle(): Promise<void> {
      await withdrawn.settle()
      const waiting = await parkedEarly
        .find({ _id: { $gt: settledTo } })
        .sort({ _id: 1 })
        .limit(earlyAtOnce)
        .toArray()
      settledTo = waiting.length < earlyAtOnce ? '' : (waiting.at(-1)?._id ?? '')
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
