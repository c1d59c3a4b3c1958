import { runDemo } from './demo/run-demo.ts'
import { defineCommand, runCommand } from './operate/command-line.ts'
import { readAddresses } from './stack/addresses.ts'
import { homeOf } from './stack/home.ts'

await runCommand(
  defineCommand({
    name: 'npm run demo --',
    purpose:
      'Loads the demonstration into the running stack and shows the ledger and the record. What an earlier start loaded is not sent again.',
    examples: ['npm run demo'],
  }).action(() => runDemo(readAddresses(process.env), homeOf(process.env).root)),
)
