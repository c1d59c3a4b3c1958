import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type * as fhirExpected from '@tideway/fhir-ingest/expected-output'
import type * as fhirMappings from '@tideway/fhir-ingest/load-mappings'
import type * as fhirNormalising from '@tideway/fhir-ingest/normalise/normalise'
import type * as hl7Expected from '@tideway/hl7-ingest/expected-output'
import type * as hl7Mappings from '@tideway/hl7-ingest/normalise/load-mappings'
import type * as hl7Normalising from '@tideway/hl7-ingest/normalise/normalise'
import type { FhirSource, Source } from '@tideway/schemas/source'
import { runTool } from '../../checks/tool.ts'

/** When samples were received, microseconds since 1970 UTC; the tests use the same. */
export const sampleReceivedAt = 1_782_900_000_000_000

/** Computes what `.expected.json` beside a sample should hold. */
type Expect = (bytes: Buffer, sourceFile: string) => unknown

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T

const hl7Expect = async (root: string): Promise<Expect> => {
  const from = async <T>(file: string): Promise<T> =>
    (await import(join(root, 'services/hl7-ingest/src', file))) as T
  const { loadMappings } = await from<typeof hl7Mappings>('normalise/load-mappings.ts')
  const { normalise } = await from<typeof hl7Normalising>('normalise/normalise.ts')
  const { expectedOutput } = await from<typeof hl7Expected>('expected-output.ts')
  const mappings = await loadMappings()
  return (bytes, sourceFile) =>
    expectedOutput(
      normalise(
        { source: json<Source>(sourceFile), bytes, receivedAt: sampleReceivedAt },
        mappings,
        { production: false },
      ),
    )
}

const fhirExpect = async (root: string): Promise<Expect> => {
  const from = async <T>(file: string): Promise<T> =>
    (await import(join(root, 'services/fhir-ingest/src', file))) as T
  const { loadMappings } = await from<typeof fhirMappings>('load-mappings.ts')
  const { normalise } = await from<typeof fhirNormalising>('normalise/normalise.ts')
  const { expectedOutput } = await from<typeof fhirExpected>('expected-output.ts')
  const rules = {
    mappings: await loadMappings(),
    owners: new Map<string, string>(),
    production: false,
    maxEntries: 100,
  }
  return (bytes, sourceFile) =>
    expectedOutput(
      normalise(
        { source: json<FhirSource>(sourceFile), bytes, receivedAt: sampleReceivedAt },
        rules,
      ),
    )
}

const isSample = (file: string): boolean =>
  /\.(hl7|json|xml)$/.test(file) && !/\.expected\.json$|source\.json$/.test(file)

/** An absent, null or empty field is the same: an expected output need not name it. */
const reported = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reported)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null && !(Array.isArray(field) && field.length === 0))
      .map(([name, field]) => [name, reported(field)]),
  )
}

const diff = async (path: string, before: string, after: string): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'tideway-update-'))
  try {
    writeFileSync(join(folder, 'before'), before)
    writeFileSync(join(folder, 'after'), after)
    const { output } = await runTool(
      'git',
      ['--no-pager', 'diff', '--no-index', '--no-color', 'before', 'after'],
      folder,
    )
    const hunks = output.slice(Math.max(0, output.indexOf('@@')))
    return `${path}\n${hunks}`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const updateFolder = async (root: string, folder: string, expect: Expect): Promise<string[]> => {
  const changed: string[] = []
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  for (const file of files.filter(isSample).sort()) {
    const path = join(folder, file.replace(/\.\w+$/, '.expected.json'))
    const source = join(root, folder, file.split('/')[0] as string, 'source.json')
    const output = expect(readFileSync(join(root, folder, file)), source)
    const after = `${JSON.stringify(output, null, 2)}\n`
    const before = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : 'null\n'
    if (isDeepStrictEqual(reported(JSON.parse(before)), reported(JSON.parse(after)))) continue
    writeFileSync(join(root, path), after)
    const sorted = `${JSON.stringify(JSON.parse(before), null, 2)}\n`
    changed.push(await diff(path, sorted, after))
  }
  return changed
}

/**
 * Rewrites the expected outputs of the samples that no longer match and prints a diff of each, to
 * be reviewed before it is committed.
 *
 * @param root  a checkout
 * @returns true
 */
export const updateSamples = async (
  root: string,
  say: (text: string) => void = console.log,
): Promise<boolean> => {
  const changed = [
    ...(await updateFolder(root, 'services/hl7-ingest/samples', await hl7Expect(root))),
    ...(await updateFolder(root, 'services/fhir-ingest/samples', await fhirExpect(root))),
  ]
  for (const text of changed) say(text)
  say(
    changed.length === 0
      ? 'every expected output is up to date'
      : `${changed.length} expected ${changed.length === 1 ? 'output' : 'outputs'} rewritten: review the differences above`,
  )
  return true
}
