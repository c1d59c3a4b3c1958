import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '@tideway/runtime/log'
import type { Consumer, Kafka } from 'kafkajs'

type Assignment = Record<string, readonly number[]>

/** Where a partition is read from, in place of its committed offset; null: from that. */
export type PositionOf = (topic: string, partition: number) => Promise<number | null>

const retryMs = 1_000

const placeOf = (topic: string, partition: number): string => `${topic}/${partition}`

/**
 * Reads partitions from where the consumer's own store says, however far the group has committed:
 * the store is what has to be whole.
 *
 * Until the positions are known, what was fetched from the committed offsets must not be handled:
 * it would be read again together with newer records, and announced with them a second time.
 *
 * @param isCurrent  false once the group has rebalanced again
 */
export const takePositions = (
  kafka: Kafka,
  consumer: Pick<Consumer, 'seek'>,
  groupId: string,
  positionOf: PositionOf,
  log: Pick<Log, 'warn'>,
) => {
  const committed = new Map<string, number>()
  let isTaking = false

  const committedOffsets = async (topics: string[]): Promise<Map<string, number>> => {
    const admin = kafka.admin()
    await admin.connect()
    try {
      const found = await admin.fetchOffsets({ groupId, topics })
      return new Map(
        found.flatMap(({ topic, partitions }) =>
          partitions.map(({ partition, offset }) => [placeOf(topic, partition), Number(offset)]),
        ),
      )
    } finally {
      await admin.disconnect()
    }
  }

  const take = async (assignment: Assignment, isCurrent: () => boolean): Promise<void> => {
    const places = Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    )
    const offsets = await committedOffsets(Object.keys(assignment))
    for (const { topic, partition } of places) {
      const position = await positionOf(topic, partition)
      if (!isCurrent()) return
      if (position === null) continue
      committed.set(placeOf(topic, partition), offsets.get(placeOf(topic, partition)) ?? 0)
      consumer.seek({ topic, partition, offset: String(position) })
    }
  }

  return {
    /** After each join of the group; retries until it has the positions. */
    async assigned(assignment: Assignment, isCurrent: () => boolean): Promise<void> {
      committed.clear()
      isTaking = true
      while (isCurrent()) {
        try {
          await take(assignment, isCurrent)
          if (isCurrent()) isTaking = false
          return
        } catch (cause) {
          log.warn({ cause }, 'position of partitions not known, retrying')
          await wait(retryMs, undefined, { ref: false })
        }
      }
    },

    /** Whether the positions are not known yet. */
    taking: () => isTaking,

    /** Offset the group had committed when the partition was assigned; 0 if not known. */
    committed: (topic: string, partition: number): number =>
      Math.max(0, committed.get(placeOf(topic, partition)) ?? 0),
  }
}
