import { readConfig } from '@tideway/shared/config'
import { connectMongo } from '@tideway/shared/mongo'
import { connectObjectStore } from '@tideway/shared/object-store'
import { mongodbDatabase, objectStore } from '@tideway/shared/settings'
import { type Addresses, requireAddresses } from '../addresses.ts'
import { localS3Keys } from '../stack/s3.ts'

/** The stores behind a running stack, read directly to prove what the services say. */
export const openStores = async (addresses: Addresses, env: NodeJS.ProcessEnv) => {
  const { mongodb, s3 } = requireAddresses(addresses, 'mongodb', 's3')
  const keys = localS3Keys(env)
  const settings = readConfig({ S3_ACCESS_KEY_ID: keys.id, S3_SECRET_ACCESS_KEY: keys.secret, ...env, S3_ENDPOINT: s3 }, { ...objectStore, mongodbDatabase })
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

export type Stores = Awaited<ReturnType<typeof openStores>>
