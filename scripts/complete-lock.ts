import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { missingBuilds, readLockFile } from './checks/lock-file.ts'
import { checkout } from './checks/tool.ts'

/**
 * Adds the builds for other machines that npm left out of package-lock.json. After `npm install` of
 * anything with native builds.
 */
const lock = readLockFile(checkout)
const added = missingBuilds(lock)
const packages = Object.fromEntries(
  Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : 1)),
)
writeFileSync(
  join(checkout, 'package-lock.json'),
  `${JSON.stringify({ ...lock, packages }, null, 2)}\n`,
)
console.log(`${Object.keys(added).length} builds for other machines added`)
