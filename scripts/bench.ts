import { defineCommand, runCommand } from './operate/command-line.ts'

await runCommand(
  defineCommand({
    name: 'npm run bench --',
    purpose:
      'Measures receiving, the whole line and reading on a stack of its own with fresh data under TIDEWAY_HOME/bench, and writes bench.json. The document store is that of TIDEWAY_MONGODB; pipeline, latency and queries are measured again on the default store.',
    examples: ['npm run bench', 'npm run bench -- ack latency --seconds 4'],
  })
    .argument(
      '[part...]',
      'what to measure: ack, pipeline, latency, normalise, growth, queries, fhir, peers; everything if none is given',
    )
    .option('--seconds <number>', 'length of one load', '8')
    .option('--rounds <number>', 'rounds of the comparison with the peer; the median counts', '3')
    .option(
      '--connections <list>',
      'numbers of MLLP connections, separated by commas',
      '1,8,32,128',
    )
    .option('--rate <number>', 'messages a second for latency and growth without pipeline')
    .option('--patients <number>', 'patients at the end of growth', '1000000')
    .option('--history <number>', 'reports of one patient at the end of growth', '100000')
    .option('--messages <number>', 'messages at the end of queries', '1000000')
    .option('--default-messages <number>', 'the same on the default store', '200000')
    .option('--reads <number>', 'reads a second over HTTP; a tenth on the default store', '200')
    .option('--one-store', 'do not measure the default store')
    .option('--profile', 'record where the services spend processor time, which slows them')
    // The benchmark reads the command line itself; here it is only checked and explained.
    .action(async () => {
      await import('./measure/bench/main.ts')
    }),
)
