import { type TopicName, topics } from '@tideway/schemas/topics'
import { integer, readConfig } from '@tideway/runtime/config'
import { connectKafka } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { connectMongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import { connectObjectStore } from '@tideway/object-store/client'
import { connectRegistry } from '@tideway/kafka/registry'
import {
  environment,
  kafkaBrokers,
  mongodbDatabase,
  mongodbUrl,
  objectStore,
  schemaRegistryUrl,
} from '@tideway/runtime/common-settings'
import type { Say } from '../processes/say.ts'
import { consumerGroups } from '../../operate/consumer-groups.ts'
import { prepareEpoch } from './prepare-epoch.ts'

export const settings = {
  environment,
  kafkaBrokers,
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
}

type Config = ReturnType<typeof loadConfig>

export const loadConfig = (env: NodeJS.ProcessEnv) => readConfig(env, settings)

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

/** Creates missing topics, schemas, indexes and the bucket; changes nothing that exists. */
export const prepare = async (config: Config, say: Say): Promise<void> => {
  const replicas = config.replicas || (config.environment === 'production' ? 3 : 1)
  const names = Object.keys(topics) as TopicName[]
  const kafka = connectKafka(config.kafkaBrokers, 'prepare', createLog('prepare', 'warn'))
  await Promise.all([
    kafka.ensureTopics(replicas),
    connectRegistry(config.schemaRegistryUrl).register(names),
    prepareMongo(config),
    prepareObjectStore(config),
  ])
  await prepareEpoch(config, say)
  say(
    `prepared: ${names.length} topics with their schemas, indexes of ${config.mongodbDatabase}, bucket ${config.s3Bucket}`,
  )
}
