import './patches/install-kafkajs.ts'
import { type TopicName, topics } from '@tideway/schemas/topics'
import {
  type ICustomPartitioner,
  Kafka,
  type KafkaConfig,
  type Message,
  type Producer,
  logLevel,
} from 'kafkajs'
import { type ConsumerOptions, openConsumer } from './consumer.ts'
import { type FollowOptions, followTopic } from './follow.ts'
import { groupAdmin } from './group-admin.ts'
import { openLogEnds } from './log-ends.ts'
import { partitionOf } from './murmur2.ts'
import { securityOf } from './security.ts'
import { topicAdmin } from './topic-admin.ts'
import { fetchTopicIds } from './topic-ids.ts'
import type { KafkaSettings } from '@tideway/runtime/kafka-settings'
import type { Log } from '@tideway/runtime/log'

/**
 * A record to publish. `partitionKey` chooses the partition in place of the key: raw messages of
 * one source stay in one partition, in the order received, and a produce request goes to few
 * partitions. Each partition in a request costs the broker nearly the same, whatever its size.
 */
export type Outgoing<T extends TopicName = TopicName> = {
  topic: T
  key: string
  partitionKey?: string
  value: Buffer
  headers: Record<string, string>
}

/**
 * Connects to Kafka. Only this package imports kafkajs, so that another client can replace it.
 *
 * @param at        settings; brokers alone are reached without TLS, as beside a local stack
 * @param clientId  name of the service
 */
export const connectKafka = (at: KafkaSettings | readonly string[], clientId: string, log: Log) => {
  const brokers = 'kafkaBrokers' in at ? at.kafkaBrokers : at
  const security = 'kafkaBrokers' in at ? securityOf(at) : {}
  const kafka = (retry: KafkaConfig['retry'], requestTimeout: number) =>
    new Kafka({
      clientId,
      brokers: [...brokers],
      ...security,
      logLevel: logLevel.NOTHING,
      connectionTimeout: 1_500,
      requestTimeout,
      retry: retry ?? {},
    })
  const patient = kafka({ initialRetryTime: 100, maxRetryTime: 5_000, retries: 10 }, 30_000)
  const admin = topicAdmin(patient)

  return {
    ...admin,
    ...groupAdmin(patient),
    /** Ids of the topics that exist, by name. */
    topicIds: async (): Promise<Record<string, string>> =>
      Object.fromEntries(
        await fetchTopicIds(
          patient,
          Object.values(topics).map(({ name }) => name),
        ),
      ),
    publisher: () =>
      openPublisher(() => kafka({ initialRetryTime: 50, maxRetryTime: 400, retries: 4 }, 4_000)),
    consumer: <T extends TopicName>(options: ConsumerOptions<T>) =>
      openConsumer(patient, log, options),
    /** The ends of topics, for who looks often and can do without an answer. */
    ends: <T extends TopicName>(names: readonly T[]) =>
      openLogEnds(
        () => kafka({ initialRetryTime: 50, maxRetryTime: 200, retries: 1 }, 1_500),
        names,
      ),
    follow: <T extends TopicName>(options: FollowOptions<T>) => followTopic(patient, options),
  }
}

export type KafkaConnection = ReturnType<typeof connectKafka>

/** The partition that every Kafka client chooses for `partitionKey`, or else for the key. */
export const partitionByKey: ICustomPartitioner =
  () =>
  ({ message, partitionMetadata }) => {
    const { key, partitionKey = key } = message as unknown as Outgoing
    return partitionOf(partitionKey, partitionMetadata.length)
  }

/**
 * Idempotent producer, acks all. Callers must await each `publish` before the next, because the
 * idempotent producer of kafkajs needs one request in flight; see `groupCommit`. After a failure
 * the producer is replaced, because its sequence numbers may no longer match the broker's.
 */
const openPublisher = async (client: () => Kafka) => {
  let producer: Producer | null = null
  const current = async (): Promise<Producer> => {
    if (producer !== null) return producer
    const opened = client().producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: partitionByKey,
    })
    await opened.connect()
    producer = opened
    return opened
  }
  await current()
  return {
    /** Resolves when every record is durable; rejects if any may not be. */
    async publish(records: readonly Outgoing[]): Promise<void> {
      const byTopic = Map.groupBy(records, (record) => record.topic)
      const topicMessages = [...byTopic].map(([name, messages]) => ({
        topic: topics[name].name,
        messages: messages as unknown as Message[],
      }))
      const sending = await current()
      try {
        await sending.sendBatch({ acks: -1, timeout: 4_000, topicMessages })
      } catch (error) {
        if (producer === sending) producer = null
        void sending.disconnect().catch(() => undefined)
        throw error
      }
    },
    close: async () => {
      await producer?.disconnect()
    },
  }
}

export type Publisher = Awaited<ReturnType<typeof openPublisher>>
