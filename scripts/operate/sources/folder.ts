import { existsSync } from 'node:fs'
import { fhirChecks } from '@tideway/fhir-ingest/load-sources'
import { hl7Checks } from '@tideway/hl7-ingest/identify/load-sources'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { readSourceFiles, type SourceChecks } from '@tideway/ingest/source-files'
import { environment } from '@tideway/runtime/common-settings'
import { ConfigError, readConfig, text } from '@tideway/runtime/config'
import type { SourceFile } from '@tideway/schemas/source'
import { addressesFile } from '../../stack/addresses.ts'

const settings = {
  environment,
  dir: text(
    'SOURCES_DIR',
    'Folder of the source files',
    new URL('../../../schemas/sources', import.meta.url).pathname,
  ),
}

/** What any service requires. */
const allOf = (...checks: readonly SourceChecks[]): SourceChecks => ({
  ofOne: (source) => checks.flatMap(({ ofOne }) => ofOne(source)),
  ofTwo: (one, other) => checks.flatMap(({ ofTwo }) => ofTwo(one, other)),
})

/**
 * The source files, checked as every service checks them. Next to a local stack it is development,
 * as its services are.
 *
 * @throws ConfigError with every problem
 */
export const readFolder = async (
  env: NodeJS.ProcessEnv,
): Promise<{ dir: string; sources: SourceFile[] }> => {
  const { dir, production } = folderOf(env)
  const { fixes } = await loadMappings()
  const checks = allOf(hl7Checks(new Set(fixes.keys()), null, production), fhirChecks)
  return { dir, sources: readSourceFiles(dir, checks) }
}

/** @throws ConfigError if there is no such folder */
export const folderOf = (env: NodeJS.ProcessEnv): { dir: string; production: boolean } => {
  const defaults = existsSync(addressesFile(env)) ? { ENVIRONMENT: 'development' } : {}
  const config = readConfig({ ...defaults, ...env }, settings)
  if (!existsSync(config.dir)) throw new ConfigError(`SOURCES_DIR: there is no ${config.dir}`)
  return { dir: config.dir, production: config.environment === 'production' }
}

/** Prints the problems of the source files. @returns whether there are none */
export const checkFolder = async (env: NodeJS.ProcessEnv): Promise<boolean> => {
  try {
    const { dir, sources } = await readFolder(env)
    console.log(`${sources.length} source files in ${dir}: no problem.`)
    return true
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    return false
  }
}
