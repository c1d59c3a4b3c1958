import {
  defineCommand,
  finish,
  positiveNumber,
  runCommand,
  wholeNumber,
} from './operate/command-line.ts'
import { runChaos } from './measure/chaos/run-chaos.ts'

const most = Number.MAX_SAFE_INTEGER

await runCommand(
  defineCommand({
    name: 'npm run chaos --',
    purpose:
      'Loads the stack with HL7 v2 and FHIR (and starts it if it is not running) while it kills (-9) each service and part, in turn and at random, rebuilds the record, and loses and restores first the database, then database, bucket and log together. THE DATA OF THIS STACK IS DELETED AND RESTORED. Every acknowledged message must be in the archive, in the ledger and in the record exactly once, and no answer that says it is complete may lack what was acknowledged; exit code 1 if not.',
    examples: ['npm run chaos', 'npm run chaos -- --minutes 2 --rate 50 --seed 7'],
  })
    .option('--minutes <number>', 'length of the load', positiveNumber, 5)
    .option(
      '--rate <number>',
      'HL7 messages a second in total; above what the document store sustains, the wait at the end is long',
      positiveNumber,
      100,
    )
    .option('--fhir-rate <number>', 'FHIR Bundles a second in total', positiveNumber, 10)
    .option('--connections <number>', 'MLLP connections', wholeNumber(1, 10_000), 16)
    .option('--patients <number>', 'number of patients', wholeNumber(1, most), 300)
    .option(
      '--seed <number>',
      'repeats the kills of an earlier run (default: random)',
      wholeNumber(0, most),
    )
    .action(async (options) =>
      finish(await runChaos(process.env, { seed: Date.now() % 100_000, ...options })),
    ),
)
