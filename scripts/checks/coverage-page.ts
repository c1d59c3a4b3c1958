import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { corpusDir } from '../measure/corpus/files.ts'
import { measureCoverage } from '../measure/coverage/measure.ts'
import { coveragePage } from '../measure/coverage/page.ts'

const path = 'docs/coverage.md'

/**
 * docs/coverage.md matches the mappings of this checkout and the corpus. Without a corpus nothing
 * is checked, and the output says so.
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
