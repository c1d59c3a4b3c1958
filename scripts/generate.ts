import { writeFileSync } from 'node:fs'
import { generateTypes } from '@tideway/schemas/generate-types'
import { defineCommand, runCommand } from './operate/command-line.ts'

await runCommand(
  defineCommand({
    name: 'npm run generate --',
    purpose: 'Writes schemas/src/events.generated.ts, the TypeScript types of schemas/events.',
    examples: ['npm run generate'],
  }).action(() =>
    writeFileSync(new URL('../schemas/src/events.generated.ts', import.meta.url), generateTypes()),
  ),
)
