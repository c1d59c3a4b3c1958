import { partitionsAtFirst, type TopicName, topics } from '@tideway/schemas/topics'
import { integer, readConfig } from '@tideway/runtime/config'
import { connectKafka, type KafkaConnection } from '@tideway/kafka/client'
import { differenceText, type TopicDifference } from '@tideway/kafka/topic-durability'
import { createLog } from '@tideway/runtime/log'
import { connectMongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import { connectObjectStore } from '@tideway/object-store/client'
import { connectRegistry } from '@tideway/kafka/registry'
import {
  environment,
  mongodbDatabase,
  mongodbUrl,
  objectStore,
  publicIdKeys,
  schemaRegistryUrl,
} from '@tideway/runtime/common-settings'
import { kafkaSettings, withKafka } from '@tideway/runtime/kafka-settings'
import { ensurePublicIdKey } from './public-id-key.ts'
import type { Say } from '../processes/say.ts'
import { consumerGroups } from '../../operate/consumer-groups.ts'
import { prepareEpoch } from './prepare-epoch.ts'

export const settings = {
  environment,
  ...kafkaSettings,
  schemaRegistryUrl,
  mongodbUrl,
  mongodbDatabase,
  ...objectStore,
  archiverGroup: consumerGroups.archiverGroup,
  replicas: integer(
    'KAFKA_REPLICATION_FACTOR',
    'Replicas of the topics made; 0 takes 3 in production and 1 in development',
    0,
    9,
    0,
  ),
  partitions: integer(
    'KAFKA_TOPIC_PARTITIONS',
    'Partitions of the topics made; 0 takes 48 in production and 4 in development. Existing topics keep theirs',
    0,
    1_000,
    0,
  ),
}

type Config = ReturnType<typeof loadConfig>

export const loadConfig = (env: NodeJS.ProcessEnv) => withKafka(readConfig(env, settings))

const prepareMongo = async ({ mongodbUrl, mongodbDatabase }: Config): Promise<void> => {
  const mongo = await connectMongo(mongodbUrl, mongodbDatabase)
  try {
    await ensureIndexes(mongo)
  } finally {
    await mongo.close()
  }
}

const prepareObjectStore = async (config: Config): Promise<void> => {
  const store = connectObjectStore(config)
  try {
    await store.ensureBucket()
  } finally {
    store.close()
  }
}

/**
 * Makes the key of public ids where it is missing, for development; in production whoever runs the
 * services has made it.
 */
const preparePublicIdKey = (config: Config, say: Say): void => {
  if (config.environment === 'production') return void readConfig(process.env, { publicIdKeys })
  const made = ensurePublicIdKey(process.env)
  if (made !== null) say(`made a key of public ids: ${made}`)
}

/**
 * Whether the topics keep what is acknowledged; says how they do not.
 *
 * @param mend  changes the configuration of existing topics first
 */
const checkTopics = async (
  kafka: Pick<KafkaConnection, 'repairTopics' | 'topicDifferences'>,
  names: readonly TopicName[],
  mend: boolean,
  say: Say,
): Promise<boolean> => {
  const before = mend ? await kafka.topicDifferences(names) : []
  const left = await (mend ? kafka.repairTopics(names) : kafka.topicDifferences(names))
  const isLeft = (one: TopicDifference) =>
    left.some(({ topic, setting }) => topic === one.topic && setting === one.setting)
  for (const one of before) if (!isLeft(one)) say(`mended ${differenceText(one)}`)
  for (const one of left)
    say(
      `${differenceText(one)}${one.repair === null ? ' (not by configuration: see docs/operations.md)' : ''}`,
    )
  return left.length === 0
}

/**
 * Creates missing topics, schemas, indexes and the bucket; changes nothing that exists, unless
 * asked to mend the configuration of topics.
 *
 * @throws Error in production if topics would lose what is acknowledged
 */
export const prepare = async (config: Config, say: Say, mend = false): Promise<void> => {
  preparePublicIdKey(config, say)
  const production = config.environment === 'production'
  const replicas = config.replicas || (production ? 3 : 1)
  const partitions = config.partitions || partitionsAtFirst[config.environment]
  const names = Object.keys(topics) as TopicName[]
  const kafka = connectKafka(config, 'prepare', createLog('prepare', 'warn'))
  await Promise.all([
    kafka.ensureTopics(replicas, partitions),
    connectRegistry(config.schemaRegistryUrl).register(names),
    prepareMongo(config),
    prepareObjectStore(config),
  ])
  await prepareEpoch(config, say)
  say(
    `prepared: ${names.length} topics with their schemas, indexes of ${config.mongodbDatabase}, bucket ${config.s3Bucket}`,
  )
  if (!production && !mend) return
  if (!(await checkTopics(kafka, names, mend, say)) && production)
    throw new Error(
      mend
        ? 'topics still do not keep what is acknowledged'
        : 'topics do not keep what is acknowledged; npm run setup -- --repair mends configuration',
    )
}
