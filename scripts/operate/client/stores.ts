import { readConfig } from '@tideway/runtime/config'
import { connectMongo } from '@tideway/mongo/client'
import { connectObjectStore } from '@tideway/object-store/client'
import { mongodbDatabase, objectStore } from '@tideway/runtime/common-settings'
import { type Addresses, requireAddresses } from '../../stack/addresses.ts'
import { localS3Keys } from '../../stack/parts/s3.ts'

/** The stores behind a running stack, read directly to verify what the services report. */
export const openStores = async (addresses: Addresses, env: NodeJS.ProcessEnv) => {
  const { mongodb, s3 } = requireAddresses(addresses, 'mongodb', 's3')
  const keys = localS3Keys(env)
  const settings = readConfig(
    { S3_ACCESS_KEY_ID: keys.id, S3_SECRET_ACCESS_KEY: keys.secret, ...env, S3_ENDPOINT: s3 },
    { ...objectStore, mongodbDatabase },
  )
  const mongo = await connectMongo(mongodb, settings.mongodbDatabase)
  const objects = connectObjectStore(settings)
  return {
    mongo,
    objects,
    close: async () => {
      objects.close()
      await mongo.close()
    },
  }
}

export type StackStores = Awaited<ReturnType<typeof openStores>>
