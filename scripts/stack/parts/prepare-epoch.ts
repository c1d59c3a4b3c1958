import { type EpochOf, openEpoch } from '@tideway/archiver/epoch/open-epoch'
import { connectKafka } from '@tideway/kafka/client'
import { connectMongo } from '@tideway/mongo/client'
import { EpochError, lookAtEpoch } from '@tideway/mongo/watch-epoch'
import { connectObjectStore } from '@tideway/object-store/client'
import type { KafkaSettings } from '@tideway/runtime/kafka-settings'
import { createLog } from '@tideway/runtime/log'
import { verdictText } from '@tideway/schemas/documents/epoch'
import type { Say } from '../processes/say.ts'

type EpochConfig = Parameters<typeof connectObjectStore>[0] &
  KafkaSettings & {
    mongodbUrl: string
    mongodbDatabase: string
    archiverGroup: string
  }

const withEpoch = async (config: EpochConfig, use: (epoch: EpochOf) => Promise<unknown>) => {
  const kafka = connectKafka(config, 'prepare', createLog('prepare', 'warn'))
  const mongo = await connectMongo(config.mongodbUrl, config.mongodbDatabase)
  const store = connectObjectStore(config)
  try {
    await use(openEpoch({ kafka, collections: mongo, store, group: config.archiverGroup }))
  } finally {
    await mongo.close()
    store.close()
  }
}

/**
 * Notes that log, database and object store belong together: where all are empty, and for an
 * installation of an earlier release against which nothing speaks.
 *
 * @throws EpochError if they do not
 */
export const prepareEpoch = (config: EpochConfig, say: Say): Promise<void> =>
  withEpoch(config, async (epoch) => {
    const verdict = await lookAtEpoch(epoch.looks)
    if (verdict.state !== 'no' || verdict.reason !== 'NO_EPOCH') return epoch.settle()
    const doubts = await epoch.doubts()
    if (doubts.length > 0) throw new EpochError([verdictText(verdict), ...doubts].join('\n  '))
    await epoch.adopt()
    say('log, database and object store agree, and are noted as one installation')
  })

/** Takes log, database and object store as they are for one installation. */
export const adoptEpoch = (config: EpochConfig): Promise<void> =>
  withEpoch(config, (epoch) => epoch.adopt())
