import { defineCommand, runCommand } from './operate/command-line.ts'
import { startSystem } from './stack/start-system.ts'

await runCommand(
  defineCommand({
    name: 'npm run dev --',
    purpose:
      'Starts the whole system as npm start does, and restarts a service when a file that it has loaded changes. Kafka, the registry and the stores keep running.',
    examples: ['npm run dev', 'npm run dev -- --demo'],
  })
    .option('--demo', 'load the demonstration', false)
    .action(({ demo }) => startSystem(process.env, { demo, watch: true })),
)
