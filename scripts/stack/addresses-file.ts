import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from './home.ts'

/** Addresses of the parts of the stack. */
export type PartAddresses = {
  kafka: string
  registry: string
  mongodb: string
  s3: string
  issuer: string
}

/** All addresses of a running system, as written to addresses.json and read by addresses.ts. */
export type SystemAddresses = PartAddresses & {
  mllp: string
  mllpSandbox: string
  fhirIngest: string
  recordApi: string
  health: Record<string, string>
}

const fileOf = (home: Home) => join(home.root, 'addresses.json')

/** Replaces the file atomically, because others read it at any time. */
export const writeAddresses = (home: Home, addresses: PartAddresses | SystemAddresses): void => {
  const file = fileOf(home)
  writeFileSync(`${file}.new`, `${JSON.stringify(addresses, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

export const removeAddresses = (home: Home): void => rmSync(fileOf(home), { force: true })
