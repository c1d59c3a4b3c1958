import { setTimeout as pause } from 'node:timers/promises'
import type { Records } from '@tideway/schemas/codec'
import { type TopicName, topics } from '@tideway/schemas/topics'
import type { EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs'
import { collectCommits, hasMovedOn } from './commit-offsets.ts'
import type { Log } from '@tideway/runtime/log'
import { type Later, readLater } from './read-later.ts'
import type { Registry } from './registry.ts'
import { type PositionOf, takePositions } from './take-position.ts'

export type Incoming<T extends TopicName> = {
  offset: number
  key: string
  /** Null if the bytes do not decode as a record of this topic; `record` still has them. */
  value: Records[T] | null
  record: Buffer
  /** Text of a header, or null. */
  header: (name: string) => string | null
  /** Milliseconds; the broker's time if the topic is configured so. */
  timestamp: number
}

export type ConsumerBatch<T extends TopicName> = {
  partition: number
  records: Incoming<T>[]
  /** Every record of the partition from this offset on, and before `next`, is in the batch. */
  from: number
  next: number
  /** What the group had committed when it was assigned: records before it were handled already. */
  committed: number
  heartbeat: () => Promise<void>
  /** True after a rebalance: records that were not committed are read again, here or elsewhere. */
  isStale: () => boolean
  /** Increases at each rebalance, after which reading restarts at the committed offsets. */
  generation: number
  /**
   * Commits this partition up to and including `offset`, for consumers that commit manually.
   *
   * @returns false if the group has rebalanced and nothing was committed
   */
  commit: (offset: number) => Promise<boolean>
}

export type ConsumerOptions<T extends TopicName> = {
  topics: readonly T[]
  groupId: string
  registry: Registry
  /**
   * Offsets are committed soon after it resolves, unless manually. If it rejects, the same records
   * are delivered again. It must not wait for other partitions: it resolves with what to read
   * `Later` instead, for consumers that commit manually.
   */
  onBatch: (topic: T, batch: ConsumerBatch<T>) => Promise<void> | Promise<Later | undefined>
  /** The consumer has stopped permanently: the process should exit and be restarted. */
  onCrash: (cause: unknown) => void
  onLag?: (topic: T, partition: number, lag: number) => void
  /** Where a partition is read from in place of the committed offset; see `takePositions`. */
  positionOf?: PositionOf
  /** `by-hand`: `onBatch` resolves when more may be read; `batch.commit` commits later. */
  commit?: 'after-batch' | 'by-hand'
  /** How long a fetch may wait for more records (fetch.max.wait.ms), milliseconds. */
  gatherMs: number
  /**
   * Time after a crash before its partitions go to another member (session.timeout.ms),
   * milliseconds; also the longest gap between heartbeats of a live member.
   */
  sessionTimeoutMs?: number
  /** Called on closing, once no batch is in progress and before the group sees that it has left. */
  beforeLeaving?: () => Promise<void>
  /** Most that is fetched of a partition at once (max.partition.fetch.bytes). */
  partitionBytes?: number
}

/** Interval of commits, milliseconds. Records since the last one are read again after a crash. */
const commitEveryMs = 500

/** A fetch with this many bytes does not wait for more (fetch.min.bytes). */
const gatherBytes = 262_144

/** How often closing looks whether batches are in progress, milliseconds. */
const finishLookMs = 20

/** How often a fetched batch looks whether positions are known, milliseconds. */
const positionLookMs = 10

const noBytes = Buffer.alloc(0)

const text = (value: Buffer | string | (Buffer | string)[] | undefined): string | null =>
  Array.isArray(value) ? text(value[0]) : (value?.toString() ?? null)

const incoming = <T extends TopicName>(
  message: KafkaMessage,
  decode: (record: Buffer) => Records[T] | null,
): Incoming<T> => {
  const record = message.value ?? noBytes
  return {
    offset: Number(message.offset),
    key: message.key?.toString() ?? '',
    value: decode(record),
    record,
    header: (name) => text(message.headers?.[name]),
    timestamp: Number(message.timestamp),
  }
}

/** @returns false if the group has rebalanced and nothing was committed */
const commitThrough = async (
  { batch: { topic, partition }, commitOffsetsIfNecessary }: EachBatchPayload,
  offset: number,
): Promise<boolean> => {
  try {
    await commitOffsetsIfNecessary({
      topics: [{ topic, partitions: [{ partition, offset: String(offset + 1) }] }],
    })
    return true
  } catch (cause) {
    if (hasMovedOn(cause)) return false
    throw cause
  }
}

/** The offset that was asked for, which kafkajs keeps and does not declare. */
const fetchedFrom = (batch: EachBatchPayload['batch']): number =>
  Number((batch as { fetchedOffset?: string }).fetchedOffset ?? batch.firstOffset() ?? 0)

const rebalanceEvents = [
  'consumer.rebalancing',
  'consumer.group_join',
  'consumer.crash',
  'consumer.stop',
] as const

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
    maxBytesPerPartition: options.partitionBytes ?? 2_097_152,
    allowAutoTopicCreation: false,
  })

  let generation = 0
  const commits = collectCommits(log)
  for (const event of rebalanceEvents)
    consumer.on(event, () => {
      generation += 1
      commits.forget()
    })

  let isClosing = false
  let active = 0
  const { positionOf = async () => null } = options
  const positions = takePositions(kafka, consumer, options.groupId, positionOf, log)
  if (options.positionOf !== undefined)
    consumer.on('consumer.group_join', ({ payload }) => {
      const now = generation
      void positions.assigned(payload.memberAssignment, () => now === generation)
    })

  const committing = setInterval(() => void commits.commit(), commitEveryMs)

  const eachBatch = async (payload: EachBatchPayload) => {
    const { batch, heartbeat, isStale, isRunning, resolveOffset, commitOffsetsIfNecessary } =
      payload
    const topic = nameOf.get(batch.topic) as T
    const { partition } = batch
    const joined = generation
    if (isClosing) return
    const decode = await options.registry.reader(
      topic,
      batch.messages.map(({ value }) => value ?? noBytes),
    )
    const records = batch.messages.map((message) => incoming(message, decode))
    const stale = () => joined !== generation || isStale() || !isRunning()
    while (positions.taking() && !isClosing && !stale()) {
      await pause(positionLookMs)
      await heartbeat()
    }
    if (isClosing || stale()) return
    const later = await options.onBatch(topic, {
      partition,
      records,
      from: fetchedFrom(batch),
      next: Number(batch.lastOffset()) + 1,
      committed: positions.committed(batch.topic, partition),
      heartbeat,
      isStale: stale,
      generation: joined,
      commit: async (offset) => !stale() && (await commitThrough(payload, offset)),
    })
    if (stale()) return
    if (later) return readLater(payload, later, () => isClosing || stale())
    const last = Number(batch.lastOffset())
    resolveOffset(batch.lastOffset())
    if (options.commit !== 'by-hand')
      commits.add(
        { topic: batch.topic, partition, offset: String(last + 1) },
        commitOffsetsIfNecessary,
      )
    options.onLag?.(topic, partition, Number(batch.highWatermark) - last - 1)
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
    eachBatch: async (payload) => {
      active += 1
      try {
        await eachBatch(payload)
      } finally {
        active -= 1
      }
    },
  })
  return {
    joined: () => joined,
    /** Waits for the batches in progress, commits them, and leaves the group. */
    close: async () => {
      isClosing = true
      clearInterval(committing)
      while (active > 0) await pause(finishLookMs)
      await commits.flush()
      await options.beforeLeaving?.()
      await consumer.disconnect()
    },
  }
}
