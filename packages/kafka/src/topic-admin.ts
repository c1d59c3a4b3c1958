import { partitionsAtFirst, type TopicName, topics } from '@tideway/schemas/topics'
import type { Kafka } from 'kafkajs'
import { differencesIn, mend } from './topic-differences.ts'
import { durableInsync, durableReplicas, type TopicDifference } from './topic-durability.ts'
import { adminOf } from './with-admin.ts'

/** Topic and group operations of services and commands, each over its own connection. */
export const topicAdmin = (kafka: Kafka) => {
  const withAdmin = adminOf(kafka)

  return {
    /** Creates the topics that do not exist; the others stay as they are. */
    ensureTopics: (
      replicationFactor: number,
      partitions: number = partitionsAtFirst.development,
    ): Promise<void> =>
      withAdmin(async (admin) => {
        const existing = new Set(await admin.listTopics())
        const missing = Object.values(topics).filter((topic) => !existing.has(topic.name))
        const durable =
          replicationFactor >= durableReplicas
            ? { 'min.insync.replicas': String(durableInsync) }
            : {}
        if (missing.length === 0) return
        await admin.createTopics({
          waitForLeaders: true,
          topics: missing.map(({ name, config }) => ({
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

    /** How the topics differ from what "durable" needs. */
    topicDifferences: (names: readonly TopicName[]): Promise<TopicDifference[]> =>
      withAdmin((admin) => differencesIn(admin, names)),

    /**
     * Mends differences of configuration.
     *
     * @returns those that configuration cannot mend, or that are still there
     */
    repairTopics: (names: readonly TopicName[]): Promise<TopicDifference[]> =>
      withAdmin(async (admin) => {
        await mend(admin, await differencesIn(admin, names))
        return differencesIn(admin, names)
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

    /** How many partitions an existing topic has. */
    partitions: (name: TopicName): Promise<number> =>
      withAdmin(async (admin) => {
        const [found] = (await admin.fetchTopicMetadata({ topics: [topics[name].name] })).topics
        return found?.partitions.length ?? 0
      }),

    answers: () => withAdmin(async (admin) => (await admin.describeCluster()).brokers.length > 0),
  }
}
