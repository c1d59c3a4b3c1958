import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from '@tideway/schemas/source'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { ConfigError } from '@tideway/runtime/config'

const schemaFile = 'source.schema.json'

export type NamedSource = { file: string; source: SourceFile }

/**
 * Checks of source files by a service beyond their schema. Each returns problems with JSON paths.
 */
export type SourceChecks = {
  ofOne: (source: SourceFile) => string[]
  /** Conflicts between two files, reported for the first. */
  ofTwo: (one: SourceFile, other: NamedSource) => string[]
}

const describe = ({ instancePath, message, params }: ErrorObject): string => {
  const extra =
    params.additionalProperty === undefined ? '' : ` (${String(params.additionalProperty)})`
  return `${instancePath || '/'} ${message ?? 'is wrong'}${extra}`
}

/** Problems of one file, each with its JSON path. */
const problemsOf = (
  file: string,
  value: unknown,
  isSource: ValidateFunction,
  checks: SourceChecks,
): string[] => {
  if (!isSource(value)) return (isSource.errors ?? []).map(describe)
  const source = value as SourceFile
  const expected = fileOf(source)
  return [
    ...(file === expected ? [] : [`/ods is ${source.ods}, so the file must be ${expected}`]),
    ...checks.ofOne(source),
  ]
}

const readJson = (
  path: string,
): { value: unknown; problem: null } | { value: null; problem: string } => {
  try {
    return { value: JSON.parse(readFileSync(path, 'utf8')), problem: null }
  } catch (error) {
    return {
      value: null,
      problem: error instanceof SyntaxError ? '/ is not JSON' : '/ cannot be read',
    }
  }
}

/** What a file contains, or why it cannot be read. */
type FoundFile = { file: string; value: unknown; problem: string | null }

/** The file of a source. */
export const fileOf = (source: unknown): string =>
  `${String((source as Partial<SourceFile> | null)?.ods).toLowerCase()}.json`

const schemaIn = (dir: string): ValidateFunction => {
  const schema = readJson(join(dir, schemaFile))
  if (schema.problem !== null)
    throw new ConfigError(`Bad sources in ${dir}:\n  ${schemaFile} ${schema.problem}`)
  return new Ajv({ allErrors: true }).compile(schema.value as object)
}

/**
 * Validates sources against the schema in their folder, and by the checks of a service.
 *
 * @throws ConfigError with every problem of every file, each with file and JSON path
 */
export const checkSources = (
  dir: string,
  found: readonly FoundFile[],
  checks: SourceChecks,
): SourceFile[] => {
  const isSource = schemaIn(dir)
  const sources: NamedSource[] = []
  const problems: string[] = []
  for (const { file, value, problem } of found) {
    const own = problem === null ? problemsOf(file, value, isSource, checks) : [problem]
    problems.push(...own.map((text) => `${file} ${text}`))
    if (own.length === 0) sources.push({ file, source: value as SourceFile })
  }
  for (const [index, one] of sources.entries()) {
    for (const other of sources.slice(index + 1))
      problems.push(...checks.ofTwo(one.source, other).map((text) => `${one.file} ${text}`))
  }
  if (found.length === 0) problems.push('there is no source file')
  if (problems.length > 0)
    throw new ConfigError(
      `Bad sources in ${dir}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    )
  return sources.map(({ source }) => source)
}

/**
 * Reads every `<ods>.json` of a folder, and validates them.
 *
 * @throws ConfigError as `checkSources`
 */
export const readSourceFiles = (dir: string, checks: SourceChecks): SourceFile[] => {
  const files = readdirSync(dir).filter((name) => name.endsWith('.json') && name !== schemaFile)
  const found = files.sort().map((file) => ({ file, ...readJson(join(dir, file)) }))
  return checkSources(dir, found, checks)
}
