import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadSources as loadFhirSources } from '@tideway/fhir-ingest/load-sources'
import { loadSources as loadHl7Sources } from '@tideway/hl7-ingest/identify/load-sources'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { Ajv, type ValidateFunction } from 'ajv'
import { findNodeAtLocation, type JSONPath, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { ParseError } from 'jsonc-parser'
import { contentProblems, schemaProblem, type SourceProblem } from './source-problems.ts'

const folder = 'schemas/sources'
const schemaFile = 'source.schema.json'

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

/** The line of a JSON pointer, or of the nearest parent that exists. @see RFC 6901 */
const lineOf = (text: string, pointer: string): number => {
  const root = parseTree(text)
  const path: JSONPath = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  for (let length = path.length; root !== undefined && length > 0; length -= 1) {
    const node =
      findNodeAtLocation(root, path.slice(0, length)) ??
      findNodeAtLocation(root, path.slice(0, length).map(String))
    if (node !== undefined) return lineAt(text, (node.parent ?? node).offset)
  }
  return 1
}

const syntaxProblems = (text: string): { line: number; text: string }[] => {
  const errors: ParseError[] = []
  parseTree(text, errors, { disallowComments: true })
  return errors.slice(0, 1).map(({ error, offset }) => ({
    line: lineAt(text, offset),
    text: `not JSON: ${printParseErrorCode(error)}`,
  }))
}

const problemsOfFile = (
  text: string,
  isSource: ValidateFunction,
  fixes: readonly string[],
): { line: number; text: string }[] => {
  const syntax = syntaxProblems(text)
  if (syntax.length > 0) return syntax
  const value: unknown = JSON.parse(text)
  isSource(value)
  const schema: SourceProblem[] = (isSource.errors ?? [])
    // An anyOf repeats the problems of its branches; its own message says enough.
    .filter(({ schemaPath }) => !/\/anyOf\/\d/.test(schemaPath))
    .filter(({ schemaPath }) => !schemaPath.includes('/propertyNames/'))
    .map(schemaProblem)
  return [...schema, ...contentProblems(value, fixes)].map(({ pointer, text: words }) => ({
    line: lineOf(text, pointer),
    text: `${pointer || '/'} ${words}`,
  }))
}

/** What the services refuse when they start: between files, and between parts of one. */
const loadProblems = (dir: string, fixes: readonly string[], texts: Map<string, string>) =>
  [() => loadHl7Sources(dir, new Set(fixes)), () => loadFhirSources(dir)].flatMap((load) => {
    try {
      load()
      return []
    } catch (error) {
      const lines = (error as Error).message.split('\n').slice(1)
      return lines.map((line) => {
        const [, file = '', pointer = '', words = line] = /^ {2}(\S+) (\S+) (.*)$/.exec(line) ?? []
        const at = lineOf(texts.get(file) ?? '', pointer)
        return `${folder}/${file}:${at} ${pointer} ${words}`
      })
    }
  })

/**
 * Every problem of every source file, each with its line and the allowed values. Problems between
 * files are looked for once each file is valid by itself.
 */
export const sources = async (root: string): Promise<string[]> => {
  const dir = join(root, folder)
  if (!existsSync(dir)) return []
  const schema = JSON.parse(readFileSync(join(dir, schemaFile), 'utf8')) as object
  const isSource = new Ajv({ allErrors: true, verbose: true }).compile(schema)
  const fixes = [...(await loadMappings()).fixes.keys()]
  const files = readdirSync(dir)
    .filter((file) => file.endsWith('.json') && file !== schemaFile)
    .sort()
  const texts = new Map(files.map((file) => [file, readFileSync(join(dir, file), 'utf8')]))
  const found = [...texts].flatMap(([file, text]) =>
    problemsOfFile(text, isSource, fixes).map(
      (problem) => `${folder}/${file}:${problem.line} ${problem.text}`,
    ),
  )
  return found.length > 0 ? found : [...new Set(loadProblems(dir, fixes, texts))]
}
