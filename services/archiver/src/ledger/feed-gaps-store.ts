import type { Mongo } from '@tideway/mongo/client'
import { type Heard, learnGaps, withHeard } from './learn-gaps.ts'

/**
 * How long each source is silent at a time. Every message tells, so it is gathered and written
 * every few seconds. Messages of a source are in one partition, so one process at a time learns of
 * it; what is stored is read anew for each write, because that may have been another.
 */
export const feedGapsStore = ({ feedGaps }: Pick<Mongo, 'feedGaps'>) => {
  let heard = new Map<string, Heard>()

  const write = async (taken: ReadonlyMap<string, Heard>): Promise<void> => {
    const known = await feedGaps.find({ _id: { $in: [...taken.keys()] } }).toArray()
    const before = new Map(known.map((gaps) => [gaps._id, gaps]))
    const writes = [...taken].map(([source, told]) => {
      const replacement = learnGaps(before.get(source) ?? null, source, told)
      return { replaceOne: { filter: { _id: source }, replacement, upsert: true } }
    })
    if (writes.length > 0) await feedGaps.bulkWrite(writes, { ordered: false })
  }

  return {
    /** A message, by when it was received. */
    note(source: string, receivedAt: Date): void {
      heard.set(source, withHeard(heard.get(source), receivedAt.getTime()))
    },

    /**
     * A failed write is not repeated: the next one then counts the gap from what was stored before,
     * which is a few seconds longer.
     */
    async save(): Promise<void> {
      const taken = heard
      heard = new Map()
      await write(taken)
    },
  }
}

export type FeedGapsStore = ReturnType<typeof feedGapsStore>
