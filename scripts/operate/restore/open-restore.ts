import { openEpoch } from '@tideway/archiver/epoch/open-epoch'
import { connectKafka } from '@tideway/kafka/client'
import { connectRegistry } from '@tideway/kafka/registry'
import { connectMongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import { watermarkStore } from '@tideway/mongo/watermark-store'
import { connectObjectStore } from '@tideway/object-store/client'
import { readConfig } from '@tideway/runtime/config'
import {
  mongodbDatabase,
  mongodbUrl,
  objectStore,
  schemaRegistryUrl,
} from '@tideway/runtime/common-settings'
import { kafkaSettings, withKafka } from '@tideway/runtime/kafka-settings'
import { createLog } from '@tideway/runtime/log'
import { readAddresses, requireAddresses } from '../../stack/addresses.ts'
import { consumerGroups } from '../consumer-groups.ts'
import { partsEnvironment } from '../../stack/parts/environment.ts'

const settings = {
  ...kafkaSettings,
  schemaRegistryUrl,
  mongodbUrl,
  mongodbDatabase,
  ...objectStore,
  ...consumerGroups,
}

/** Connects log, database, object store and registry for backup and restore. */
export const openRestore = async (env: NodeJS.ProcessEnv) => {
  const {
    kafka: brokers,
    registry,
    mongodb,
    s3,
  } = requireAddresses(readAddresses(env), 'kafka', 'registry', 'mongodb', 's3')
  const config = withKafka(
    readConfig(
      partsEnvironment(env, { kafka: brokers, registry, mongodb, s3, issuer: '' }),
      settings,
    ),
  )
  const kafka = connectKafka(config, 'restore', createLog('restore', 'error'))
  const mongo = await connectMongo(config.mongodbUrl, config.mongodbDatabase)
  await ensureIndexes(mongo)
  const store = connectObjectStore(config)
  const group = config.archiverGroup
  return {
    mongo,
    collections: mongo,
    store,
    kafka,
    group,
    registryUrl: config.schemaRegistryUrl,
    log: { kafka, registry: connectRegistry(config.schemaRegistryUrl) },
    watermarks: watermarkStore(mongo, await kafka.logId()),
    epoch: openEpoch({ kafka, collections: mongo, store, group }),
    close: async () => {
      await mongo.close()
      store.close()
    },
  }
}

export type Restoring = Awaited<ReturnType<typeof openRestore>>
