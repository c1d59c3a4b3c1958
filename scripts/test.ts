import { Argument } from '@commander-js/extra-typings'
import { runStages, stageNames } from './checks/test-stages.ts'
import { defineCommand, finish, runCommand } from './operate/command-line.ts'

await runCommand(
  defineCommand({
    name: 'npm test --',
    purpose:
      'Runs the tests, cheapest first: unit (a workspace that did not change is not run again), int (on the real stack), e2e (the whole system). The last line counts them all. scripts is the part of unit that tests scripts/.',
    examples: ['npm test', 'npm test -- unit'],
  })
    .addArgument(
      new Argument('[stage...]', 'stages to run; unit, int and e2e if none is given').choices(
        stageNames,
      ),
    )
    .action(async (stages) => finish(await runStages(stages))),
)
