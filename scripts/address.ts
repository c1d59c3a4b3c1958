import { Argument } from '@commander-js/extra-typings'
import { defineCommand, finish, runCommand } from './operate/command-line.ts'
import { addressNames, readAddresses } from './stack/addresses.ts'

const command = defineCommand({
  name: 'npm run --silent address --',
  purpose:
    'Prints one address of the running stack, which may use other ports than the usual ones. An address in the environment is printed as it is.',
  examples: [
    'curl "$(npm run --silent address -- recordApi)/health/ready"',
    'npm run --silent address -- kafka',
  ],
})
  .addArgument(new Argument('<name>', 'which address').choices(addressNames))
  .action((name) => {
    const address = readAddresses(process.env)[name]
    if (address === null)
      console.error(`There is no address for ${name}: the stack does not run. Start it: npm start`)
    else console.log(address)
    finish(address !== null)
  })

await runCommand(command)
