import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * Where everything is. `kafka` is a comma-separated list of brokers; `mllp` and `mllpSandbox` are
 * `host:port`; the others are addresses, `fhirIngest` with its `/fhir`.
 */
type Named = {
  mllp: string
  mllpSandbox: string
  fhirIngest: string
  recordApi: string
  issuer: string
  kafka: string
  mongodb: string
  s3: string
  registry: string
}

export type Addresses = { [Name in keyof Named]: string | null } & {
  /** Health address of each service, without a path. */
  health: Record<string, string>
}

/** An address that a script needs and nobody gave; the message says what to do. */
export class AddressError extends Error {
  override readonly name = 'AddressError'
}

/** The setting that wins over the file. */
const settings: Record<keyof Named, string> = {
  mllp: 'MLLP_ADDRESS',
  mllpSandbox: 'MLLP_SANDBOX_ADDRESS',
  fhirIngest: 'FHIR_INGEST_URL',
  recordApi: 'RECORD_API_URL',
  issuer: 'OIDC_ISSUER',
  kafka: 'KAFKA_BROKERS',
  mongodb: 'MONGODB_URL',
  s3: 'S3_ENDPOINT',
  registry: 'SCHEMA_REGISTRY_URL',
}
const names = Object.keys(settings) as (keyof Named)[]

/** Folder of the local stack: TIDEWAY_HOME, else `.tideway` of this checkout. */
export const homeOf = (env: NodeJS.ProcessEnv): string =>
  resolve(env['TIDEWAY_HOME'] || new URL('../../.tideway', import.meta.url).pathname)

export const addressesFile = (env: NodeJS.ProcessEnv): string => `${homeOf(env)}/addresses.json`

/** What the environment says, else what the running stack wrote; null for what neither says. */
export const readAddresses = (env: NodeJS.ProcessEnv): Addresses => {
  const file = addressesFile(env)
  const written = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Addresses>)
    : {}
  const found = Object.fromEntries(
    names.map((name) => [name, env[settings[name]] || written[name] || null]),
  ) as { [Name in keyof Named]: string | null }
  return { ...found, health: written.health ?? {} }
}

/** @throws AddressError naming every address that is missing */
export const requireAddresses = <N extends keyof Named>(
  addresses: Addresses,
  ...needed: readonly N[]
): { [Name in N]: string } => {
  const missing = needed.filter((name) => addresses[name] === null)
  if (missing.length > 0)
    throw new AddressError(
      `No address for ${missing.join(', ')}: start the stack (npm start), or set ${missing.map((name) => settings[name]).join(', ')}`,
    )
  return Object.fromEntries(needed.map((name) => [name, addresses[name]])) as {
    [Name in N]: string
  }
}
