import type { Log } from '@tideway/runtime/log'

/** A partition and the next offset to read from it. */
export type PartitionOffset = { topic: string; partition: number; offset: string }
type OffsetsByTopic = {
  topics: { topic: string; partitions: { partition: number; offset: string }[] }[]
}
/** Commits once, in the current generation of the group. */
type Send = (offsets: OffsetsByTopic) => Promise<void>

const groupMovedOn = new Set([
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'REBALANCE_IN_PROGRESS',
  'FENCED_INSTANCE_ID',
])

/** Whether a commit failed because the group rebalanced. */
export const hasMovedOn = (cause: unknown): boolean =>
  groupMovedOn.has((cause as { type?: string }).type ?? '')

const byTopic = (places: readonly PartitionOffset[]): OffsetsByTopic => ({
  topics: [...Map.groupBy(places, ({ topic }) => topic)].map(([topic, own]) => ({
    topic,
    partitions: own.map(({ partition, offset }) => ({ partition, offset })),
  })),
})

/**
 * Collects processed offsets and commits them together, because each commit costs the broker a
 * write.
 *
 * One commit at a time, and only in the group generation in which the records were read: after a
 * rebalance another member may have read further.
 */
export const collectCommits = (log: Pick<Log, 'warn'>) => {
  const done = new Map<string, PartitionOffset>()
  let send: Send | null = null
  let generation = 0
  let running: Promise<void> | null = null

  const add = (place: PartitionOffset): void =>
    void done.set(`${place.topic}/${place.partition}`, place)

  const once = async (): Promise<void> => {
    const taken = [...done.values()]
    const began = generation
    if (send === null || taken.length === 0) return
    done.clear()
    try {
      await send(byTopic(taken))
    } catch (cause) {
      if (began !== generation || hasMovedOn(cause)) return
      log.warn({ cause }, 'offsets not committed, retrying')
      const newer = [...done.values()]
      for (const place of [...taken, ...newer]) add(place)
    }
  }
  const commit = (): Promise<void> => {
    running ??= once().finally(() => {
      running = null
    })
    return running
  }

  return {
    /** The next commit uses `by`. */
    add: (place: PartitionOffset, by: Send): void => {
      add(place)
      send = by
    },
    /** After a rebalance: offsets that were not committed are read again. */
    forget: (): void => {
      generation += 1
      done.clear()
      send = null
    },
    commit,
    /** Commits everything added so far. */
    flush: async (): Promise<void> => {
      await running
      await commit()
    },
  }
}
