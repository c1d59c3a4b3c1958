import { existsSync } from 'node:fs'
import { ConfigError } from '@tideway/runtime/config'
import { defineCommand, finish, runCommand } from './operate/command-line.ts'
import { addressesFile, readAddresses } from './stack/addresses.ts'
import { partsEnvironment } from './stack/parts/environment.ts'
import { loadConfig, prepare } from './stack/parts/prepare.ts'
import { sayer } from './stack/processes/say.ts'

/** Beside a running local stack its addresses are known, and it is development. */
const environment = (): NodeJS.ProcessEnv => {
  if (!existsSync(addressesFile(process.env))) return process.env
  const { kafka, registry, mongodb, s3 } = readAddresses(process.env)
  const found = { kafka: kafka ?? '', registry: registry ?? '', mongodb: mongodb ?? '' }
  return {
    ENVIRONMENT: 'development',
    ...partsEnvironment(process.env, { ...found, s3: s3 ?? '', issuer: '' }),
  }
}

const run = async ({ repair }: { repair?: true | undefined }): Promise<void> => {
  try {
    await prepare(loadConfig(environment()), sayer(), repair === true)
  } catch (error) {
    if (error instanceof ConfigError) throw error
    console.error((error as Error).message)
    finish(false)
  }
}

await runCommand(
  defineCommand({
    name: 'npm run setup --',
    purpose:
      'Creates topics, schemas, indexes and the bucket in the stores that the environment names, and checks that the topics keep what is acknowledged.',
    examples: [
      'docker compose run --rm prepare',
      'npm run setup -- --repair   mends the configuration of existing topics, and says what is left',
    ],
  })
    .option('--repair', 'change the configuration of existing topics where it would lose messages')
    .action(run),
)
// Clients may keep connections open; nothing is left to do.
process.exit()
