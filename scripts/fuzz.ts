import { Option } from '@commander-js/extra-typings'
import { runFuzz } from './measure/fuzz/run-fuzz.ts'
import { targets } from './measure/fuzz/targets.ts'
import { defineCommand, finish, runCommand, wholeNumber } from './operate/command-line.ts'

const most = Number.MAX_SAFE_INTEGER

await runCommand(
  defineCommand({
    name: 'npm run fuzz --',
    purpose:
      'Sends mutated messages through receiving, without a stack: each must get a coded answer in time. The same seed gives the same messages.',
    examples: ['npm run fuzz', 'npm run fuzz -- --target fhir --runs 20000 --seed 7'],
  })
    .addOption(
      new Option('--target <name>', 'which receiving code')
        .choices(Object.keys(targets))
        .default('hl7'),
    )
    .option('--runs <number>', 'how many messages', wholeNumber(0, most), 100_000)
    .option('--seed <number>', 'repeats an earlier run (default: random)', wholeNumber(0, most))
    .action(async ({ target, runs, seed = Date.now() % 2_147_483_647 }) =>
      finish(await runFuzz(target, runs, seed)),
    ),
)
