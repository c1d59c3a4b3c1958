import { join } from 'node:path'
import { defineCommand, runCommand } from './operate/command-line.ts'
import { checkout } from './stack/home.ts'
import { addSecrets } from './stack/kept-secret.ts'

const run = (): void => {
  const added = addSecrets(join(checkout, '.env'))
  console.log(
    added.length === 0
      ? '.env has every secret that docker-compose.yml needs'
      : `added to .env: ${added.join(', ')}`,
  )
}

await runCommand(
  defineCommand({
    name: 'npm run compose-env --',
    purpose:
      'Makes the secrets that docker-compose.yml needs, in the file .env beside it, which git ignores. Secrets that are there stay.',
    examples: ['npm run compose-env && docker compose --profile system up --build --detach'],
  }).action(run),
)
