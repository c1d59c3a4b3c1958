import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { homeOf } from './home.ts'

/**
 * Addresses of the stack. `kafka` is a comma-separated list of brokers; `mllp` and `mllpSandbox`
 * are `host:port`; the others are URLs, `fhirIngest` including its `/fhir`.
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

/** A required address is missing; the message says how to provide it. */
export class AddressError extends Error {
  override readonly name = 'AddressError'
}

/** The setting of each address, which takes precedence over the file of the running stack. */
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
/** Names an address can be asked for by. */
export const addressNames = Object.keys(settings) as (keyof Named)[]

/** File in which the running stack keeps its addresses. */
export const addressesFile = (env: NodeJS.ProcessEnv): string =>
  join(homeOf(env).root, 'addresses.json')

/** Addresses from the environment, else from the file of the running stack; null if in neither. */
export const readAddresses = (env: NodeJS.ProcessEnv): Addresses => {
  const file = addressesFile(env)
  const written = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Addresses>)
    : {}
  const found = Object.fromEntries(
    addressNames.map((name) => [name, env[settings[name]] || written[name] || null]),
  ) as { [Name in keyof Named]: string | null }
  return { ...found, health: written.health ?? {} }
}

/** @throws AddressError naming every missing address */
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
