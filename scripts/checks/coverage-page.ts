import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { corpusDir } from '../measure/corpus/files.ts'
import { measureCoverage } from '../measure/coverage/measure.ts'
import { coveragePage } from '../measure/coverage/page.ts'

const path = 'docs/coverage.md'

/**
 * The page of what is understood says what the mappings of this checkout make of the corpus.
 * Nothing is checked, and that is said, where there is no corpus.
 */
export const coverageIsTrue = async (
  root: string,
  folder = corpusDir(process.env),
  say: (line: string) => void = console.log,
): Promise<string[]> => {
  const coverage = await measureCoverage(folder)
  if (coverage === null) {
    say(`skipped: no corpus in ${folder}, so ${path} is taken at its word`)
    return []
  }
  const now = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null
  return now === coveragePage(coverage)
    ? []
    : [`${path} is not what the mappings make of the corpus: run npm run coverage`]
}
