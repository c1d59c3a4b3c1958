import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Source } from '@tideway/schemas/source'
import { ConfigError } from '@tideway/shared/config'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { overlap } from './identify.ts'

const schemaFile = 'source.schema.json'
type Named = { file: string; source: Source }

const wordsOf = ({ instancePath, message, params }: ErrorObject): string => {
  const extra = params.additionalProperty === undefined ? '' : ` (${String(params.additionalProperty)})`
  return `${instancePath || '/'} ${message ?? 'is wrong'}${extra}`
}

/** Problems of one file, each with its path; none: it is a source. */
const problemsOf = (file: string, value: unknown, isSource: ValidateFunction, knownFixes: ReadonlySet<string>): string[] => {
  if (!isSource(value)) return (isSource.errors ?? []).map(wordsOf)
  const { ods, hl7 } = value as Source
  const problems: string[] = []
  if (file !== `${ods.toLowerCase()}.json`) problems.push(`/ods is ${ods}, so the file must be ${ods.toLowerCase()}.json`)
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: hl7.timeZone })
  } catch {
    problems.push('/hl7/timeZone is no IANA time zone')
  }
  hl7.fixes.forEach((fix, index) => {
    if (!knownFixes.has(fix)) problems.push(`/hl7/fixes/${index} is no known fix`)
  })
  return problems
}

const readJson = (path: string): { value: unknown; problem: null } | { value: null; problem: string } => {
  try {
    return { value: JSON.parse(readFileSync(path, 'utf8')), problem: null }
  } catch (error) {
    return { value: null, problem: error instanceof SyntaxError ? '/ is not JSON' : '/ cannot be read' }
  }
}

const overlaps = (sources: readonly Named[]): string[] =>
  sources.flatMap((one, index) =>
    sources
      .slice(index + 1)
      .filter((other) => overlap(one.source, other.source))
      .map((other) => `${one.file} /hl7/match could match the same message as ${other.file}`),
  )

/**
 * Reads every `<ods>.json` of a folder and holds it against the schema beside it.
 *
 * @param knownFixes  names of the fixes this release has
 * @throws ConfigError with every problem of every file, each with file and JSON path
 */
export const loadSources = (dir: string, knownFixes: ReadonlySet<string>): Source[] => {
  const schema = readJson(join(dir, schemaFile))
  if (schema.problem !== null) throw new ConfigError(`Bad sources in ${dir}:\n  ${schemaFile} ${schema.problem}`)
  const isSource = new Ajv({ allErrors: true }).compile(schema.value as object)
  const sources: Named[] = []
  const problems: string[] = []
  for (const file of readdirSync(dir).filter((name) => name.endsWith('.json') && name !== schemaFile).sort()) {
    const { value, problem } = readJson(join(dir, file))
    const found = problem === null ? problemsOf(file, value, isSource, knownFixes) : [problem]
    problems.push(...found.map((text) => `${file} ${text}`))
    if (found.length === 0) sources.push({ file, source: value as Source })
  }
  problems.push(...overlaps(sources))
  if (sources.length + problems.length === 0) problems.push('there is no source file')
  if (problems.length > 0) throw new ConfigError(`Bad sources in ${dir}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  return sources.map(({ source }) => source)
}
