import { type Topic, type TopicName, topics } from '@tideway/schemas/topics'
import type { Admin } from 'kafkajs'
import { differencesOf, type TopicDifference } from './topic-durability.ts'

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

/** How topics of a cluster differ from what "durable" needs. */
export const differencesIn = async (
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

/**
 * Mends what configuration can. The request replaces all that is set for a topic, so what is set
 * already is repeated.
 */
export const mend = async (
  admin: Admin,
  differences: readonly TopicDifference[],
): Promise<void> => {
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
