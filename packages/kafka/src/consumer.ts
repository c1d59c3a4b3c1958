import type { Records } from '@tideway/schemas/codec'
import { type TopicName, topics } from '@tideway/schemas/topics'
import type { EachBatchPayload, Kafka } from 'kafkajs'
import { collectCommits, hasMovedOn } from './commit-offsets.ts'
import type { Log } from '@tideway/runtime/log'
import type { Registry } from './registry.ts'

export type Incoming<T extends TopicName> = {
  offset: number
  key: string
  /** Null if the bytes are no record of this topic; `record` still holds them. */
  value: Records[T] | null
  record: Buffer
  /** Text of a header, null if there is none. */
  header: (name: string) => string | null
  /** Milliseconds; the broker's time where the topic says so. */
  timestamp: number
}

export type Batch<T extends TopicName> = {
  partition: number
  records: Incoming<T>[]
  heartbeat: () => Promise<void>
  /**
   * True once the group has moved on: what was not committed will be read again, here or elsewhere.
   */
  isStale: () => boolean
  /**
   * Grows whenever the group joins again: reading starts anew at the committed offsets of every
   * partition.
   */
  generation: number
  /**
   * Commits this partition up to and including `offset`, for consumers that commit by hand.
   *
   * @returns false if the group has moved on and the broker was told nothing
   */
  commit: (offset: number) => Promise<boolean>
}

export type ConsumerOptions<T extends TopicName> = {
  topics: readonly T[]
  groupId: string
  registry: Registry
  /**
   * Offsets are committed soon after it resolves, unless by hand. If it rejects, the same records
   * come again.
   */
  onBatch: (topic: T, batch: Batch<T>) => Promise<void>
  /** The consumer stopped for good: the process should end and be started again. */
  onCrash: (cause: unknown) => void
  onLag?: (topic: T, partition: number, lag: number) => void
  /**
   * `by-hand`: reading goes on when `onBatch` resolves, and `batch.commit` says later what is done.
   */
  commit?: 'after-batch' | 'by-hand'
  /**
   * How long a read may wait at the broker for more to come, milliseconds: adds at most this to
   * latency, and shares the cost of a batch among what came.
   */
  gatherMs: number
  /**
   * How long after a crash its partitions wait for another member; also the longest silence of a
   * live one.
   */
  sessionTimeoutMs?: number
}

/**
 * Between commits, milliseconds: what was read since the last comes again after a crash, or when
 * partitions change hands.
 */
const commitEveryMs = 500

/** A read that finds this much does not wait for more. */
const gatherBytes = 262_144

const noBytes = Buffer.alloc(0)

const text = (value: Buffer | string | (Buffer | string)[] | undefined): string | null =>
  Array.isArray(value) ? text(value[0]) : (value?.toString() ?? null)

export const openConsumer = async <T extends TopicName>(
  kafka: Kafka,
  log: Log,
  options: ConsumerOptions<T>,
) => {
  const nameOf = new Map(options.topics.map((topic) => [topics[topic].name, topic]))
  const consumer = kafka.consumer({
    groupId: options.groupId,
    sessionTimeout: options.sessionTimeoutMs ?? 15_000,
    rebalanceTimeout: 30_000,
    heartbeatInterval: 2_000,
    minBytes: gatherBytes,
    maxWaitTimeInMs: options.gatherMs,
    maxBytesPerPartition: 2_097_152,
    allowAutoTopicCreation: false,
  })

  const incoming = (
    message: EachBatchPayload['batch']['messages'][number],
    decode: (record: Buffer) => Records[T] | null,
  ): Incoming<T> => {
    const record = message.value ?? noBytes
    const value = decode(record)
    return {
      offset: Number(message.offset),
      key: message.key?.toString() ?? '',
      value,
      record,
      header: (name) => text(message.headers?.[name]),
      timestamp: Number(message.timestamp),
    }
  }

  let generation = 0
  const commits = collectCommits(log)
  for (const event of [
    'consumer.rebalancing',
    'consumer.group_join',
    'consumer.crash',
    'consumer.stop',
  ] as const)
    consumer.on(event, () => {
      generation += 1
      commits.forget()
    })

  const committing = setInterval(() => void commits.commit(), commitEveryMs)

  const eachBatch = async ({
    batch,
    heartbeat,
    isStale,
    isRunning,
    resolveOffset,
    commitOffsetsIfNecessary,
  }: EachBatchPayload) => {
    const topic = nameOf.get(batch.topic) as T
    const { partition } = batch
    const joined = generation
    const decode = await options.registry.reader(
      topic,
      batch.messages.map(({ value }) => value ?? noBytes),
    )
    const records = batch.messages.map((message) => incoming(message, decode))
    const stale = () => joined !== generation || isStale() || !isRunning()
    const commit = async (offset: number): Promise<boolean> => {
      if (stale()) return false
      try {
        await commitOffsetsIfNecessary({
          topics: [{ topic: batch.topic, partitions: [{ partition, offset: String(offset + 1) }] }],
        })
        return true
      } catch (cause) {
        if (hasMovedOn(cause)) return false
        throw cause
      }
    }
    if (stale()) return
    await options.onBatch(topic, {
      partition,
      records,
      heartbeat,
      isStale: stale,
      generation: joined,
      commit,
    })
    if (stale()) return
    resolveOffset(batch.lastOffset())
    if (options.commit !== 'by-hand')
      commits.add(
        { topic: batch.topic, partition, offset: String(Number(batch.lastOffset()) + 1) },
        commitOffsetsIfNecessary,
      )
    options.onLag?.(
      topic,
      batch.partition,
      Number(batch.highWatermark) - Number(batch.lastOffset()) - 1,
    )
  }

  consumer.on('consumer.crash', ({ payload }) => {
    log.error({ cause: payload.error, restart: payload.restart }, 'consumer crashed')
    if (!payload.restart) options.onCrash(payload.error)
  })
  await consumer.connect()
  await consumer.subscribe({ topics: [...nameOf.keys()], fromBeginning: true })
  let joined = false
  consumer.on('consumer.group_join', () => {
    joined = true
  })
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 4,
    eachBatch,
  })
  return {
    joined: () => joined,
    /**
     * Commits what was read to the end, and leaves the group; what is being read comes again
     * elsewhere.
     */
    close: async () => {
      clearInterval(committing)
      await commits.flush()
      await consumer.disconnect()
    },
  }
}
