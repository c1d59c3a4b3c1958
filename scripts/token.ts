import { Argument } from '@commander-js/extra-typings'
import { roles } from '@tideway/issuer/people'
import { defineCommand, finish, runCommand } from './operate/command-line.ts'
import { printToken } from './operate/token.ts'

await runCommand(
  defineCommand({
    name: 'npm run --silent token --',
    purpose: 'Prints an access token of the local issuer and nothing else on standard output.',
    examples: [
      'npm run --silent token -- clinician RJ1',
      "npm run --silent token -- system RJZ --scope 'system/Observation.c system/Patient.cu'",
    ],
  })
    .addArgument(new Argument('<role>', 'role of the token').choices(roles))
    .argument('<organisation>', 'ODS code, e.g. RJ1')
    .option('--scope <scopes>', 'role system: resource types it may send (default: system/*.cu)')
    .option(
      '--key <file>',
      'role system: JWK Set with a private key, used instead of the client secret (private_key_jwt)',
    )
    .action(async (role, organisation, options) =>
      finish(await printToken(process.env, { role, organisation, ...options })),
    ),
)
