import type { Source, SourceFile } from '@tideway/schemas/source'
import { readSourceFiles } from '@tideway/ingest/source-files'
import { overlap } from './identify.ts'

const sendsHl7 = (source: SourceFile): source is Source => source.hl7 !== undefined

const problemsOf = (source: SourceFile, knownFixes: ReadonlySet<string>): string[] => {
  if (!sendsHl7(source)) return []
  const problems: string[] = []
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: source.hl7.timeZone })
  } catch {
    problems.push('/hl7/timeZone is no IANA time zone')
  }
  source.hl7.fixes.forEach((fix, index) => {
    if (!knownFixes.has(fix)) problems.push(`/hl7/fixes/${index} is no known fix`)
  })
  return problems
}

/**
 * Every organisation that sends HL7 v2.
 *
 * @param knownFixes  names of the fixes in this release
 * @throws ConfigError with every problem of every file, each with file and JSON path
 */
export const loadSources = (dir: string, knownFixes: ReadonlySet<string>): Source[] =>
  readSourceFiles(dir, {
    ofOne: (source) => problemsOf(source, knownFixes),
    ofTwo: (one, { file, source }) =>
      sendsHl7(one) && sendsHl7(source) && overlap(one, source)
        ? [`/hl7/match could match the same message as ${file}`]
        : [],
  }).filter(sendsHl7)
