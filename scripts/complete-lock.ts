import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { missingBuilds, readLockFile } from './checks/lock-file.ts'
import { checkout } from './checks/tool.ts'
import { defineCommand, runCommand } from './operate/command-line.ts'

const completeLock = (): void => {
  const lock = readLockFile(checkout)
  const added = missingBuilds(lock)
  const packages = Object.fromEntries(
    Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  writeFileSync(
    join(checkout, 'package-lock.json'),
    `${JSON.stringify({ ...lock, packages }, null, 2)}\n`,
  )
  console.log(`${Object.keys(added).length} builds for other platforms added`)
}

await runCommand(
  defineCommand({
    name: 'npm run complete-lock --',
    purpose:
      'Adds the builds for other platforms that npm left out of package-lock.json. Run it after npm install of a package with native builds.',
    examples: ['npm run complete-lock'],
  }).action(completeLock),
)
