import { defineCommand, runCommand } from './operate/command-line.ts'
import { writeAddresses } from './stack/addresses-file.ts'
import { homeOf } from './stack/home.ts'
import { startParts } from './stack/parts/start-parts.ts'
import { runSession } from './stack/session.ts'

const startStack = (): Promise<never> => {
  const home = homeOf(process.env)
  return runSession(home, process.env, async ({ site, supervisor, say }) => {
    writeAddresses(home, await startParts(site, supervisor, say))
    say('stack ready')
  })
}

await runCommand(
  defineCommand({
    name: 'node scripts/stack.ts',
    purpose:
      'Starts the parts without the services, for tests and benchmarks: Kafka, registry, MongoDB, S3 and issuer.',
    examples: ['TIDEWAY_HOME=/tmp/stack node scripts/stack.ts'],
  }).action(startStack),
)
