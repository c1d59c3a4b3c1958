import { type TopicName, topics } from '@tideway/schemas/topics'
import type { Kafka } from 'kafkajs'
import { adminOf } from './with-admin.ts'

type Durability = { replicas: number; minInsyncReplicas: number }
const productionDurability: Durability = { replicas: 3, minInsyncReplicas: 2 }

/** Topic and group operations of services and commands, each over its own connection. */
export const topicAdmin = (kafka: Kafka) => {
  const withAdmin = adminOf(kafka)

  return {
    /** Creates the topics that do not exist. */
    ensureTopics: (replicationFactor: number): Promise<void> =>
      withAdmin(async (admin) => {
        const existing = new Set(await admin.listTopics())
        const missing = Object.values(topics).filter((topic) => !existing.has(topic.name))
        const durable =
          replicationFactor >= productionDurability.replicas
            ? { 'min.insync.replicas': String(productionDurability.minInsyncReplicas) }
            : {}
        if (missing.length === 0) return
        await admin.createTopics({
          waitForLeaders: true,
          topics: missing.map(({ name, partitions, config }) => ({
            topic: name,
            numPartitions: partitions,
            replicationFactor,
            configEntries: Object.entries({ ...config, ...durable }).map(([key, value]) => ({
              name: key,
              value,
            })),
          })),
        })
      }),

    /**
     * Checks that an acknowledged record survives the loss of a broker.
     *
     * @throws Error in production if a topic has fewer than 3 replicas or min.insync.replicas
     *   under 2
     */
    requireDurable: (names: readonly TopicName[], production: boolean): Promise<void> =>
      withAdmin(async (admin) => {
        for (const name of production ? names : []) {
          const topic = topics[name].name
          const [metadata] = (await admin.fetchTopicMetadata({ topics: [topic] })).topics
          const { resources } = await admin.describeConfigs({
            includeSynonyms: false,
            resources: [{ type: 2, name: topic, configNames: ['min.insync.replicas'] }],
          })
          const replicas = Math.min(
            ...(metadata?.partitions ?? []).map((partition) => partition.replicas.length),
          )
          const insync = Number(resources[0]?.configEntries[0]?.configValue ?? 1)
          if (
            replicas < productionDurability.replicas ||
            insync < productionDurability.minInsyncReplicas
          )
            throw new Error(
              `${topic} has ${replicas} replicas and min.insync.replicas ${insync}; production needs 3 and 2 (ENVIRONMENT=development accepts less)`,
            )
        }
      }),

    /**
     * Makes a consumer group start at the end of its topics. Only while it has no members.
     *
     * @param onEnd  called with each end, for consumers that read from a position of their own
     */
    startAtEnd: (
      groupId: string,
      names: readonly TopicName[],
      onEnd: (topic: string, partition: number, next: number) => void = () => undefined,
    ): Promise<void> =>
      withAdmin(async (admin) => {
        for (const name of names) {
          const topic = topics[name].name
          const ends = await admin.fetchTopicOffsets(topic)
          for (const { partition, high } of ends) onEnd(topic, partition, Number(high))
          await admin.setOffsets({
            groupId,
            topic,
            partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
          })
        }
      }),

    /** Id of the cluster: another one is another log. */
    logId: (): Promise<string> =>
      withAdmin(async (admin) => (await admin.describeCluster()).clusterId),

    answers: () => withAdmin(async (admin) => (await admin.describeCluster()).brokers.length > 0),
  }
}
