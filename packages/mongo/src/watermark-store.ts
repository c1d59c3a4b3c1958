import { type Watermark, watermarkId } from '@tideway/schemas/documents/watermark'
import type { Mongo } from './client.ts'

/** Records of one partition that are in the documents: offsets from `from` to before `next`. */
export type Stored = { from: number; next: number; through: number }

/** Joins ranges that follow or overlap each other, in the order they were noted. */
const joined = (ranges: readonly Stored[]): Stored[] => {
  const whole: Stored[] = []
  for (const range of ranges) {
    const last = whole.at(-1)
    if (last !== undefined && range.from <= last.next && range.from >= last.from)
      whole[whole.length - 1] = {
        from: last.from,
        next: Math.max(last.next, range.next),
        through: Math.max(last.through, range.through),
      }
    else whole.push(range)
  }
  return whole
}

/**
 * Watermarks of the partitions that a process reads into the database.
 *
 * A watermark is moved from where it stands only, so that a gap stops it: what another process was
 * to read, or what a restored database has lost. It is written after the documents: a crash in
 * between leaves it behind them, and reading begins again at the watermark.
 *
 * @param log  id of the Kafka cluster that is read
 */
export const watermarkStore = ({ watermarks }: Pick<Mongo, 'watermarks'>, log: string) => {
  const noted = new Map<string, Stored[]>()
  let saving: Promise<void> = Promise.resolve()

  const saveAll = async (): Promise<void> => {
    const taken = [...noted]
    noted.clear()
    const at = new Date()
    const writes = taken.flatMap(([_id, ranges]) =>
      joined(ranges).flatMap(({ from, next, through }) => {
        const reached = { next, through: new Date(through), at }
        const first = {
          updateOne: {
            filter: { _id },
            update: { $setOnInsert: { log, ...reached } },
            upsert: true,
          },
        }
        const on = {
          updateOne: {
            filter: { _id, log, next: { $gte: from, $lt: next } },
            update: { $set: reached },
          },
        }
        return from === 0 ? [first, on] : [on]
      }),
    )
    if (writes.length === 0) return
    try {
      await watermarks.bulkWrite(writes, { ordered: true })
    } catch (cause) {
      for (const [id, ranges] of taken) noted.set(id, [...ranges, ...(noted.get(id) ?? [])])
      throw cause
    }
  }

  const note = (topic: string, partition: number, stored: Stored): void => {
    const id = watermarkId(topic, partition)
    noted.set(id, joined([...(noted.get(id) ?? []), stored]))
  }

  return {
    /** These records are in the documents. Written by the next `save`. */
    note,

    /** Records before an offset are left out on purpose, as by a measurement. */
    skipTo: (topic: string, partition: number, next: number): void => {
      if (next > 0) note(topic, partition, { from: 0, next, through: 0 })
    },

    /**
     * Puts watermarks where documents end that were made otherwise, whatever stood there: by a
     * rebuild or a restore. Only while nobody reads the topic into this database.
     *
     * @param through  time of the last record before `next`, milliseconds; null: not known
     */
    async place(
      topic: string,
      at: readonly { partition: number; next: number; through: number | null }[],
    ): Promise<void> {
      for (const { partition, next, through } of at)
        await watermarks.replaceOne(
          { _id: watermarkId(topic, partition) },
          { log, next, through: through === null ? null : new Date(through), at: new Date() },
          { upsert: true },
        )
    },

    /** Writes what was noted, one call at a time. What fails is written by the next. */
    save(): Promise<void> {
      saving = saving.catch(() => undefined).then(saveAll)
      return saving
    },

    /** Offset from which a partition is to be read: where its watermark stands, 0 without one. */
    async next(topic: string, partition: number): Promise<number> {
      const found = await watermarks.findOne({ _id: watermarkId(topic, partition), log })
      return found?.next ?? 0
    },
  }
}

export type WatermarkStore = ReturnType<typeof watermarkStore>

/** Every watermark of the database. */
export const allWatermarks = ({ watermarks }: Pick<Mongo, 'watermarks'>): Promise<Watermark[]> =>
  watermarks.find().toArray()
