import { defineCommand, finish, runCommand, UsageError } from './operate/command-line.ts'
import { attackNames, runAttacks } from './measure/attack/run-attacks.ts'

await runCommand(
  defineCommand({
    name: 'npm run attack --',
    purpose: `Attacks the local stack that runs, with invented patients, and says of each attack whether the system held: ${attackNames.join(', ')}. It freezes and kills the projector, and leaves invented patients and a parked message behind: never where real messages arrive. Exit code 1 if one attack was not held.`,
    examples: ['npm run attack', "npm run attack -- 'public ids' replay"],
  })
    .argument('[names...]', 'names of attacks; all if none is given')
    .action(async (names) => {
      const unknown = names.filter((name) => !attackNames.includes(name))
      if (unknown.length > 0)
        throw new UsageError(
          `No attack is called ${unknown.join(', ')}. There are: ${attackNames.join(', ')}`,
        )
      finish(await runAttacks(process.env, names))
    }),
)
