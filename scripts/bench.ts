import { defineCommand, runCommand } from './operate/command-line.ts'

await runCommand(
  defineCommand({
    name: 'npm run bench --',
    purpose:
      'Measures receiving, the whole line and reading on a stack of its own with fresh data under TIDEWAY_HOME/bench, and writes bench.json. The document store is that of TIDEWAY_MONGODB.',
    examples: ['npm run bench', 'npm run bench -- ack latency --seconds 4'],
  })
    .argument(
      '[part...]',
      'what to measure: ack, pipeline, latency, normalise, growth, fhir, peers; everything if none is given',
    )
    .option('--seconds <number>', 'length of one measurement', '8')
    .option(
      '--connections <list>',
      'numbers of MLLP connections, separated by commas',
      '1,8,32,128',
    )
    .option('--patients <number>', 'largest number of patients for growth', '1000000')
    .option('--history <number>', 'largest number of entries of one patient for growth', '100000')
    .option(
      '--rate <number>',
      'messages a second for latency and growth (default: half of what pipeline measured)',
    )
    .option('--one-store', 'do not repeat pipeline and latency on the default document store')
    .option('--profile', 'record where the services spend processor time, which slows them')
    // The benchmark reads the command line itself; here it is only checked and explained.
    .action(async () => {
      await import('./measure/bench/main.ts')
    }),
)
