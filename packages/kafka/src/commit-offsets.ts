import type { Log } from '@tideway/runtime/log'

/** A partition and the next offset to read of it. */
export type Place = { topic: string; partition: number; offset: string }
type Topics = { topics: { topic: string; partitions: { partition: number; offset: string }[] }[] }
/** One attempt, in the group's present generation. */
type Send = (offsets: Topics) => Promise<void>

const groupMovedOn = new Set([
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'REBALANCE_IN_PROGRESS',
  'FENCED_INSTANCE_ID',
])

/** Whether a commit failed because others read these partitions now. */
export const hasMovedOn = (cause: unknown): boolean =>
  groupMovedOn.has((cause as { type?: string }).type ?? '')

const byTopic = (places: readonly Place[]): Topics => ({
  topics: [...Map.groupBy(places, ({ topic }) => topic)].map(([topic, own]) => ({
    topic,
    partitions: own.map(({ partition, offset }) => ({ partition, offset })),
  })),
})

/**
 * Offsets that are done and wait to be committed together: each commit costs the broker a write.
 *
 * One commit at a time, and none in a later generation of the group than the one it was read in: by
 * then another may have read on.
 */
export const collectCommits = (log: Pick<Log, 'warn'>) => {
  const done = new Map<string, Place>()
  let send: Send | null = null
  let generation = 0
  let running: Promise<void> | null = null

  const add = (place: Place): void => void done.set(`${place.topic}/${place.partition}`, place)

  const once = async (): Promise<void> => {
    const taken = [...done.values()]
    const began = generation
    if (send === null || taken.length === 0) return
    done.clear()
    try {
      await send(byTopic(taken))
    } catch (cause) {
      if (began !== generation || hasMovedOn(cause)) return
      log.warn({ cause }, 'offsets not committed, trying again')
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
    /** `by` makes the next commit. */
    add: (place: Place, by: Send): void => {
      add(place)
      send = by
    },
    /** The group joins anew: what was not committed is read again. */
    forget: (): void => {
      generation += 1
      done.clear()
      send = null
    },
    commit,
    /** Everything added until now. */
    flush: async (): Promise<void> => {
      await running
      await commit()
    },
  }
}
