import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from './home.ts'

/** Where each part of the stack is. */
export type PartAddresses = {
  kafka: string
  registry: string
  mongodb: string
  s3: string
  issuer: string
}

/** Everything that `npm start` prints, for programs. Read by addresses.ts. */
export type SystemAddresses = PartAddresses & {
  mllp: string
  mllpSandbox: string
  fhirIngest: string
  recordApi: string
  health: Record<string, string>
}

const fileOf = (home: Home) => join(home.root, 'addresses.json')

/** Whole or not at all: others read it while it is written. */
export const writeAddresses = (home: Home, addresses: PartAddresses | SystemAddresses): void => {
  const file = fileOf(home)
  writeFileSync(`${file}.new`, `${JSON.stringify(addresses, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

export const removeAddresses = (home: Home): void => rmSync(fileOf(home), { force: true })
