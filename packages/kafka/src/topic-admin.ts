import { partitionsAtFirst, type Topic, type TopicName, topics } from '@tideway/schemas/topics'
import type { Admin, Kafka } from 'kafkajs'
import {
  differencesOf,
  durableInsync,
  durableReplicas,
  type TopicDifference,
} from './topic-durability.ts'

/** `ConfigResourceTypes.TOPIC` and `ConfigSource.TOPIC_CONFIG` of the protocol. */
const topicResource = 2
const setForTopic = 1

const configsOf = async (admin: Admin, names: readonly string[]) => {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: topicResource, name })),
  })
  return new Map(resources.map(({ resourceName, configEntries }) => [resourceName, configEntries]))
}

const absence = ({ name }: Topic): TopicDifference => ({
  topic: name,
  setting: 'the topic',
  is: 'absent',
  mustBe: 'made by npm run setup',
  repair: null,
})

const differencesIn = async (
  admin: Admin,
  names: readonly TopicName[],
): Promise<TopicDifference[]> => {
  const existing = new Set(await admin.listTopics())
  const asked = names.map((name) => topics[name])
  const present = asked.filter(({ name }) => existing.has(name))
  const absent = asked.filter(({ name }) => !existing.has(name)).map(absence)
  if (present.length === 0) return absent
  const wanted = present.map(({ name }) => name)
  const [metadata, configs] = await Promise.all([
    admin.fetchTopicMetadata({ topics: wanted }),
    configsOf(admin, wanted),
  ])
  const replicas = new Map(
    metadata.topics.map(({ name, partitions }) => [
      name,
      Math.min(...partitions.map((partition) => partition.replicas.length)),
    ]),
  )
  const found = present.flatMap((topic) =>
    differencesOf(topic, {
      replicas: replicas.get(topic.name) ?? 0,
      config: Object.fromEntries(
        (configs.get(topic.name) ?? []).map(({ configName, configValue }) => [
          configName,
          configValue,
        ]),
      ),
    }),
  )
  return [...absent, ...found]
}

/** The request replaces all that is set for a topic, so what is set already is repeated. */
const repair = async (admin: Admin, differences: readonly TopicDifference[]): Promise<void> => {
  const mendable = Map.groupBy(
    differences.filter((one) => one.repair !== null),
    ({ topic }) => topic,
  )
  if (mendable.size === 0) return
  const configs = await configsOf(admin, [...mendable.keys()])
  await admin.alterConfigs({
    validateOnly: false,
    resources: [...mendable].map(([name, differing]) => ({
      type: topicResource,
      name,
      configEntries: Object.entries({
        ...Object.fromEntries(
          (configs.get(name) ?? [])
            .filter(({ configSource }) => Number(configSource) === setForTopic)
            .map(({ configName, configValue }) => [configName, configValue]),
        ),
        ...Object.fromEntries(differing.map((one) => [one.setting, one.repair as string])),
      }).map(([setting, value]) => ({ name: setting, value })),
    })),
  })
}

/** Topic and group operations of services and commands, each over its own connection. */
export const topicAdmin = (kafka: Kafka) => {
  const withAdmin = async <R>(use: (admin: Admin) => Promise<R>): Promise<R> => {
    const admin = kafka.admin()
    await admin.connect()
    try {
      return await use(admin)
    } finally {
      await admin.disconnect()
    }
  }

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
        await repair(admin, await differencesIn(admin, names))
        return differencesIn(admin, names)
      }),

    /** Makes a consumer group start at the end of its topics. Only while it has no members. */
    startAtEnd: (groupId: string, names: readonly TopicName[]): Promise<void> =>
      withAdmin(async (admin) => {
        for (const name of names) {
          const topic = topics[name].name
          const ends = await admin.fetchTopicOffsets(topic)
          await admin.setOffsets({
            groupId,
            topic,
            partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
          })
        }
      }),

    answers: () => withAdmin(async (admin) => (await admin.describeCluster()).brokers.length > 0),
  }
}
