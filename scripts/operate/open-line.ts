import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { loadMappings as loadFhirMappings } from '@tideway/fhir-ingest/load-mappings'
import { loadSourcesInForce as loadFhirSources, ownersOf } from '@tideway/fhir-ingest/load-sources'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { loadSourcesInForce } from '@tideway/hl7-ingest/identify/load-sources'
import { readConfig, text } from '@tideway/runtime/config'
import { connectKafka } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { connectMongo } from '@tideway/mongo/client'
import { connectObjectStore } from '@tideway/object-store/client'
import { receivingTopics } from '@tideway/ingest/open-log'
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
import { idSeal } from '@tideway/schemas/id-seal'
import { addressesFile, readAddresses, requireAddresses } from '../stack/addresses.ts'
import { partsEnvironment } from '../stack/parts/environment.ts'

const readingSettings = { mongodbUrl, mongodbDatabase, ...objectStore }
const settings = {
  ...kafkaSettings,
  schemaRegistryUrl,
  environment,
  publicIdKeys,
  sourcesDir: text(
    'SOURCES_DIR',
    'Folder of the source files',
    new URL('../../schemas/sources', import.meta.url).pathname,
  ),
}

/**
 * Opens ledger and archive for reading; Kafka may be down. @throws AddressError or ConfigError
 * naming everything that is missing
 */
export const openStores = async (env: NodeJS.ProcessEnv) => {
  const { mongodb, s3 } = requireAddresses(readAddresses(env), 'mongodb', 's3')
  const config = readConfig(
    partsEnvironment(env, { mongodb, s3, kafka: '', registry: '', issuer: '' }),
    readingSettings,
  )
  const mongo = await connectMongo(config.mongodbUrl, config.mongodbDatabase)
  const store = connectObjectStore(config)
  return {
    mongo,
    store,
    close: async () => {
      await mongo.close()
      store.close()
    },
  }
}

export type OperatorStores = Awaited<ReturnType<typeof openStores>>

/**
 * Opens what an operator's command needs: Kafka, the stores, and the current sources and mappings.
 * Next to a local stack, NHS numbers of the test ranges are accepted, as its services do.
 *
 * @throws AddressError or ConfigError naming everything that is missing
 */
export const openLine = async (env: NodeJS.ProcessEnv) => {
  const { kafka, registry, mongodb, s3 } = requireAddresses(
    readAddresses(env),
    'kafka',
    'registry',
    'mongodb',
    's3',
  )
  const defaults = existsSync(addressesFile(env)) ? { ENVIRONMENT: 'development' } : {}
  const config = readConfig(
    { ...defaults, ...partsEnvironment(env, { kafka, registry, mongodb, s3, issuer: '' }) },
    settings,
  )
  const mappings = await loadMappings()
  const { sources } = loadSourcesInForce(config.sourcesDir, mappings, null, false)
  const { sources: fhirSources } = loadFhirSources(config.sourcesDir)
  const production = config.environment === 'production'
  const schemas = connectRegistry(config.schemaRegistryUrl)
  const stores = await openStores(env)
  const log = connectKafka(withKafka(config), 'operator', createLog('operator', 'error'))
  const [publisher] = await Promise.all([log.publisher(), schemas.register(receivingTopics)])
  return {
    ...stores,
    mappings,
    sources: new Map(sources.map((source) => [source.ods, source])),
    production,
    fhir: {
      sources: new Map(fhirSources.map((source) => [source.ods, source])),
      // A Bundle that was accepted once is not refused for its size now.
      rules: {
        mappings: await loadFhirMappings(),
        owners: ownersOf(fhirSources),
        production,
        publicIds: idSeal(config.publicIdKeys),
        maxEntries: Number.MAX_SAFE_INTEGER,
      },
    },
    encode: schemas.encode,
    kafka: log,
    registry: schemas,
    publisher,
    /** The operator's user name, recorded with each release and drop. */
    by: userInfo().username,
    close: async () => {
      await publisher.close()
      await stores.close()
    },
  }
}

export type Line = Awaited<ReturnType<typeof openLine>>
