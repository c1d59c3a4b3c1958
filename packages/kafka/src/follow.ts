import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Records } from '@tideway/schemas/codec'
import { type TopicName, topics } from '@tideway/schemas/topics'
import type { IHeaders, Kafka } from 'kafkajs'
import type { Registry } from './registry.ts'

/** A record of a topic that is followed. */
export type Followed<T extends TopicName> = { key: string; value: Records[T] }

export type FollowOptions<T extends TopicName> = {
  topic: T
  registry: Registry
  /** Records with these headers are passed over undecoded. */
  isKnown?: (headers: Readonly<Record<string, string | undefined>>) => boolean
  /** Called with each batch, in the order of its partition; a batch may come again. */
  onRecords: (records: readonly Followed<T>[]) => void
  /** Following has stopped for good: the process should exit and be restarted. */
  onCrash: (cause: unknown) => void
}

/**
 * The end of a compacted topic may hold no record: without one for so long, all is read,
 * milliseconds.
 */
const silentFor = 3_000
const lookAgainMs = 5

const textOf = (headers: IHeaders | undefined): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name, value?.toString()]),
  )

/** Ends of a partition. */
type End = { partition: number; high: string; low: string }

const noBytes = Buffer.alloc(0)

/**
 * Reads a whole topic, and then what is added: every process that follows reads all of it. It
 * commits no offsets, so that a process starts from the beginning.
 */
export const followTopic = async <T extends TopicName>(
  kafka: Kafka,
  { topic, registry, isKnown = () => false, onRecords, onCrash }: FollowOptions<T>,
) => {
  const { name } = topics[topic]
  const next = new Map<number, number>()
  let lastReadAt = Number.POSITIVE_INFINITY
  const admin = kafka.admin()
  const consumer = kafka.consumer({
    groupId: `${name}-reader-${randomUUID()}`,
    sessionTimeout: 30_000,
    maxWaitTimeInMs: 100,
    minBytes: 1,
    maxBytesPerPartition: 2_097_152,
    allowAutoTopicCreation: false,
  })
  consumer.on('consumer.crash', ({ payload }) => {
    if (!payload.restart) onCrash(payload.error)
  })
  // Read from where it was if the group begins again.
  consumer.on('consumer.group_join', () => {
    lastReadAt = performance.now()
    for (const [partition, offset] of next)
      consumer.seek({ topic: name, partition, offset: String(offset) })
  })
  await Promise.all([consumer.connect(), admin.connect()])
  await consumer.subscribe({ topics: [name], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    partitionsConsumedConcurrently: 4,
    eachBatch: async ({ batch }) => {
      const decode = await registry.reader(
        topic,
        batch.messages.map(({ value }) => value ?? noBytes),
      )
      const records = batch.messages.flatMap(({ key, value, headers }) => {
        const read = value === null || isKnown(textOf(headers)) ? null : decode(value)
        return read === null ? [] : [{ key: key?.toString() ?? '', value: read }]
      })
      onRecords(records)
      next.set(batch.partition, Number(batch.lastOffset()) + 1)
      lastReadAt = performance.now()
    },
  })

  const isRead = (ends: readonly End[]): boolean =>
    ends.every(
      ({ partition, high, low }) =>
        Number(high) === Number(low) || (next.get(partition) ?? 0) >= Number(high),
    )

  let running: Promise<readonly End[]> | null = null
  let following: Promise<readonly End[]> | null = null
  const look = (): Promise<readonly End[]> => {
    following = null
    running = admin.fetchTopicOffsets(name).finally(() => {
      running = null
    })
    return running
  }
  /** One look at the ends of the topic serves all who ask before it begins. */
  const endsNow = (): Promise<readonly End[]> => {
    if (running === null) return look()
    following ??= running.then(look, look)
    return following
  }

  const caughtUp = async (withinMs: number): Promise<boolean> => {
    const until = performance.now() + withinMs
    const ends = await endsNow()
    while (!isRead(ends)) {
      if (performance.now() > until) return false
      await wait(lookAgainMs)
    }
    return true
  }

  return {
    /**
     * Resolves when all is read that is in the topic now.
     *
     * @returns false if that is not so within this time
     */
    caughtUp,
    /** Resolves when the topic has been read from its beginning. */
    begun: async (): Promise<void> => {
      while (!(await caughtUp(1_000))) if (performance.now() - lastReadAt > silentFor) return
    },
    close: async () => {
      await Promise.all([consumer.disconnect(), admin.disconnect()])
    },
  }
}

export type Following = Awaited<ReturnType<typeof followTopic>>
