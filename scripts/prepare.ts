import { ConfigError } from '@tideway/runtime/config'
import { loadConfig, prepare } from './stack/parts/prepare.ts'
import { sayer } from './stack/processes/say.ts'

/**
 * Makes topics, schemas, indexes and the bucket on the parts that the environment names, and ends.
 */
try {
  await prepare(loadConfig(process.env), sayer())
  process.exit(0)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exit(error instanceof ConfigError ? 2 : 1)
}
