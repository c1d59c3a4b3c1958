import type { PartAddresses } from '../addresses-file.ts'
import { publicIdKeyFile } from './public-id-key.ts'
import { localS3Keys } from './s3.ts'

/** The setting of each part's address; a part whose setting is set is not started. */
export const settingOf = {
  kafka: 'KAFKA_BROKERS',
  registry: 'SCHEMA_REGISTRY_URL',
  mongodb: 'MONGODB_URL',
  s3: 'S3_ENDPOINT',
  issuer: 'OIDC_ISSUER',
} as const satisfies Record<keyof PartAddresses, string>

/**
 * The environment in which services find the parts. Keys of an S3 store outside the stack must be
 * in the environment already.
 */
export const partsEnvironment = (
  env: NodeJS.ProcessEnv,
  addresses: PartAddresses,
): NodeJS.ProcessEnv => ({
  ...(env[settingOf.s3]
    ? {}
    : { S3_ACCESS_KEY_ID: localS3Keys(env).id, S3_SECRET_ACCESS_KEY: localS3Keys(env).secret }),
  ...env,
  ...publicIdKeyFile(env),
  ...Object.fromEntries(
    Object.entries(settingOf).map(([part, setting]) => [
      setting,
      addresses[part as keyof PartAddresses],
    ]),
  ),
  S3_BUCKET: env['S3_BUCKET'] || 'tideway-archive',
  S3_REGION: env['S3_REGION'] || 'eu-west-2',
})
