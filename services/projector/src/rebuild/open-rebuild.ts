import { connectKafka } from '@tideway/kafka/client'
import { connectRegistry } from '@tideway/kafka/registry'
import { connectMongo } from '@tideway/mongo/client'
import { watermarkStore } from '@tideway/mongo/watermark-store'
import type { KafkaSettings } from '@tideway/runtime/kafka-settings'
import type { Log } from '@tideway/runtime/log'
import { idSeal } from '@tideway/schemas/id-seal'
import { announcer, written } from '../consume/publish.ts'
import { rulesVersion } from '../rules-version.ts'
import type { RebuildPorts } from './rebuild-record.ts'

type Addresses = KafkaSettings & {
  publicIdKeys: readonly Buffer[]
  schemaRegistryUrl: string
  mongodbUrl: string
  mongodbDatabase: string
  /** Of the projectors. */
  consumerGroup: string
}

/** Connects what a rebuild of the record needs. */
export const openRebuild = async (
  config: Addresses,
  log: Log,
  signal: AbortSignal,
): Promise<RebuildPorts & { close: () => Promise<void> }> => {
  const mongo = await connectMongo(config.mongodbUrl, config.mongodbDatabase)
  const registry = connectRegistry(config.schemaRegistryUrl)
  await registry.register(written)
  const kafka = connectKafka(config, 'rebuild', log)
  const publisher = await kafka.publisher()
  return {
    mongo,
    kafka,
    registry,
    announce: announcer(publisher, registry, idSeal(config.publicIdKeys)),
    watermarks: watermarkStore(mongo, await kafka.logId()),
    group: config.consumerGroup,
    rules: rulesVersion(),
    signal,
    close: async () => {
      await publisher.close()
      await mongo.close()
    },
  }
}
