import { defineCommand, runCommand } from './operate/command-line.ts'
import { startSystem } from './stack/start-system.ts'

await runCommand(
  defineCommand({
    name: 'npm start --',
    purpose:
      'Starts the whole system on this machine and stays in the foreground; Ctrl-C ends it and keeps the data. The first start loads the demonstration.',
    examples: ['npm start', 'npm start -- --no-demo', 'npm start -- --observe'],
  })
    .option('--no-demo', 'do not load the demonstration')
    .option(
      '--observe',
      "also start Prometheus, if it is on PATH, over all services, with the alert rules and the dashboards' queries of deploy/",
      false,
    )
    .action(({ demo, observe }) => startSystem(process.env, { demo, watch: false, observe })),
)
