import { defineCommand, finish, runCommand } from './operate/command-line.ts'
import { loadConfig, prepare } from './stack/parts/prepare.ts'
import { sayer } from './stack/processes/say.ts'
import { ConfigError } from '@tideway/runtime/config'

const run = async (): Promise<void> => {
  try {
    await prepare(loadConfig(process.env), sayer())
  } catch (error) {
    if (error instanceof ConfigError) throw error
    console.error((error as Error).message)
    finish(false)
  }
}

await runCommand(
  defineCommand({
    name: 'node scripts/prepare.ts',
    purpose:
      'Creates topics, schemas, indexes and the bucket in the stores that the environment names.',
    examples: ['docker compose run --rm prepare'],
  }).action(run),
)
// Clients may keep connections open; nothing is left to do.
process.exit()
