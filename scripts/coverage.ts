import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from './checks/tool.ts'
import { corpusDir } from './measure/corpus/files.ts'
import { coverageGoals } from './measure/coverage/goals.ts'
import { measureCoverage } from './measure/coverage/measure.ts'
import { coveragePage } from './measure/coverage/page.ts'
import { verboseLines } from './measure/coverage/verbose.ts'
import { defineCommand, runCommand, UsageError } from './operate/command-line.ts'

const writeCoverage = async (verbose: boolean): Promise<void> => {
  const folder = corpusDir(process.env)
  const coverage = await measureCoverage(folder)
  if (coverage === null)
    throw new UsageError(`No messages: ${folder}/hl7v2 does not exist; set CORPUS_DIR`)
  const page = coveragePage(coverage)
  writeFileSync(join(checkout, 'docs/coverage.md'), page)
  console.log(verbose ? verboseLines(coverage).join('\n') : page)
  for (const { goal, now, holds } of coverageGoals(coverage))
    console.log(`  ${holds ? 'met    ' : 'NOT MET'} ${goal}: ${now}`)
  console.log('  Written to docs/coverage.md')
}

await runCommand(
  defineCommand({
    name: 'npm run coverage --',
    purpose:
      'Reads the public test messages (CORPUS_DIR, else ../shared/corpus beside the checkout) and writes docs/coverage.md: what is mapped, not used or lost.',
    examples: ['npm run coverage', 'npm run coverage -- --verbose'],
  })
    .option('--verbose', 'print every file and place instead of the page', false)
    .action(({ verbose }) => writeCoverage(verbose)),
)
