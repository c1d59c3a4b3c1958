import { mkdirSync, writeFileSync } from 'node:fs'
import { composeSchema } from '@tideway/schemas/event-schemas'
import { incompatibilities, released, releaseText, releasesOf } from './checks/released-schemas.ts'
import { checkout } from './checks/tool.ts'

/**
 * Keeps today's schema of each topic and of the archive for ever, where it differs from the newest
 * kept one and can read all of them.
 */
for (const { name, envelope } of released) {
  const earlier = releasesOf(checkout, name)
  const today = releaseText(composeSchema(envelope))
  const problems = incompatibilities(name, [...earlier, today])
  if (earlier.at(-1) === today) console.log(`${name}: release ${earlier.length} is up to date`)
  else if (problems.length > 0) {
    for (const problem of problems) console.error(problem)
    process.exitCode = 1
  } else {
    mkdirSync(`${checkout}schemas/released/${name}`, { recursive: true })
    writeFileSync(`${checkout}schemas/released/${name}/${earlier.length + 1}.avsc`, today, {
      flag: 'wx',
    })
    console.log(`${name}: release ${earlier.length + 1}`)
  }
}
