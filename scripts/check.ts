import { Argument } from '@commander-js/extra-typings'
import { asyncApiDocument } from './checks/async-api.ts'
import { boundaries } from './checks/boundaries.ts'
import { composeFile } from './checks/compose-file.ts'
import { commentWidth } from './checks/comment-width.ts'
import { coverageIsTrue } from './checks/coverage-page.ts'
import { deadCode } from './checks/dead-code.ts'
import { docTables } from './checks/doc-tables.ts'
import { fileSize } from './checks/file-size.ts'
import { folderSize } from './checks/folder-size.ts'
import { format } from './checks/format.ts'
import { generatedTypes } from './checks/generated-types.ts'
import { lint } from './checks/lint.ts'
import { lockFile } from './checks/lock-file.ts'
import { names } from './checks/names.ts'
import { observability } from './checks/observability/observability.ts'
import { releasedSchemas } from './checks/released-schemas.ts'
import { checkout } from './checks/tool.ts'
import { sources } from './checks/sources/sources.ts'
import { typeCheck } from './checks/type-check.ts'
import { typeNames } from './checks/type-names.ts'
import { defineCommand, finish, runCommand } from './operate/command-line.ts'

/** Problems that a check finds in a checkout, a line each. */
type Check = (root: string) => Promise<string[]>

const checks: Record<string, Check> = {
  types: typeCheck,
  lint,
  format,
  'comment width': commentWidth,
  boundaries,
  'dead code': deadCode,
  'file size': fileSize,
  'folder size': folderSize,
  'type names': typeNames,
  names,
  'lock file': lockFile,
  'generated types': generatedTypes,
  'released schemas': releasedSchemas,
  'tables in documents': docTables,
  'AsyncAPI document': asyncApiDocument,
  'source files': sources,
  observability,
  'compose file': composeFile,
  coverage: (root) => coverageIsTrue(root),
}
const shownLines = 60

const runCheck = async (name: string, check: Check): Promise<boolean> => {
  const began = performance.now()
  const problems = await check(checkout).catch((error: Error) => [error.message])
  const took = `${((performance.now() - began) / 1000).toFixed(1)} s`
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(20)} ${took}`)
  for (const problem of problems.slice(0, shownLines)) console.log(`         ${problem}`)
  if (problems.length > shownLines)
    console.log(`         and ${problems.length - shownLines} lines more`)
  return problems.length === 0
}

const runChecks = async (wanted: readonly string[]): Promise<void> => {
  const chosen = Object.entries(checks).filter(
    ([name]) => wanted.length === 0 || wanted.includes(name),
  )
  let failed = 0
  for (const [name, check] of chosen) if (!(await runCheck(name, check))) failed += 1
  console.log(`${chosen.length - failed} passed, ${failed} failed`)
  finish(failed === 0)
}

await runCommand(
  defineCommand({
    name: 'npm run check --',
    purpose: 'Runs the static checks of the checkout and counts those that fail.',
    examples: ['npm run check', "npm run check -- types 'dead code'"],
  })
    .addArgument(
      new Argument('[check...]', 'checks to run; all if none is given').choices(
        Object.keys(checks),
      ),
    )
    .action(runChecks),
)
