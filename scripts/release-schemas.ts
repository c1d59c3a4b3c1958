import { mkdirSync, writeFileSync } from 'node:fs'
import { composeSchema } from '@tideway/schemas/event-schemas'
import { incompatibilities, released, releaseText, releasesOf } from './checks/released-schemas.ts'
import { checkout } from './checks/tool.ts'
import { defineCommand, finish, runCommand } from './operate/command-line.ts'

/** @returns false if the schema cannot read an earlier release; nothing is written then */
const releaseSchema = ({ name, envelope }: (typeof released)[number]): boolean => {
  const earlier = releasesOf(checkout, name)
  const current = releaseText(composeSchema(envelope))
  if (earlier.at(-1) === current) {
    console.log(`${name}: release ${earlier.length} is up to date`)
    return true
  }
  const problems = incompatibilities(name, [...earlier, current])
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) return false
  const folder = `${checkout}schemas/released/${name}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/${earlier.length + 1}.avsc`, current, { flag: 'wx' })
  console.log(`${name}: release ${earlier.length + 1}`)
  return true
}

await runCommand(
  defineCommand({
    name: 'npm run release-schemas --',
    purpose:
      'Adds the current schema of each topic and of the archive to schemas/released where it differs from the latest release. A schema that cannot read all earlier releases is refused.',
    examples: ['npm run release-schemas'],
  }).action(() => finish(released.map(releaseSchema).every(Boolean))),
)
