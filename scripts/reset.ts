import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { defineCommand, runCommand } from './operate/command-line.ts'
import { endContainers } from './stack/containers.ts'
import { homeOf } from './stack/home.ts'
import { endHome } from './stack/processes/end-home.ts'
import { sayer } from './stack/processes/say.ts'

const reset = async (): Promise<void> => {
  const home = homeOf(process.env)
  const say = sayer()
  await endHome(home, say)
  await endContainers(home, { volumes: true })
  const deleted = [
    home.data,
    home.logs,
    home.pids,
    join(home.root, 'ports.json'),
    join(home.root, 'demonstration.txt'),
  ]
  for (const path of deleted) rmSync(path, { recursive: true, force: true })
  say(`the data of ${home.root} is deleted; the next npm start begins without data`)
}

await runCommand(
  defineCommand({
    name: 'npm run reset --',
    purpose:
      'Stops the system and deletes its data: messages, records, schemas, keys and logs. Downloads are kept.',
    examples: ['npm run reset'],
  }).action(reset),
)
