import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkout } from './checks/tool.ts'
import { corpusDir } from './measure/corpus/files.ts'
import { coverageGoals } from './measure/coverage/goals.ts'
import { measureCoverage } from './measure/coverage/measure.ts'
import { coveragePage } from './measure/coverage/page.ts'
import { verboseLines } from './measure/coverage/verbose.ts'

const { values } = parseArgs({
  options: {
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  process.stdout.write(
    'npm run coverage -- [--verbose]\nReads the corpus (CORPUS_DIR, else ../shared/corpus beside the checkout) and writes docs/coverage.md. --verbose: every file and place.\n',
  )
  process.exit(0)
}
const coverage = await measureCoverage(corpusDir(process.env))
if (coverage === null) {
  console.error(`No messages: ${corpusDir(process.env)}/hl7v2 is not there; set CORPUS_DIR`)
  process.exit(2)
}
const page = coveragePage(coverage)
writeFileSync(join(checkout, 'docs/coverage.md'), page)
console.log(values.verbose ? verboseLines(coverage).join('\n') : page)
for (const { goal, now, holds } of coverageGoals(coverage))
  console.log(`  ${holds ? 'holds      ' : 'DOES NOT   '} ${goal}: ${now}`)
console.log('  Written to docs/coverage.md')
