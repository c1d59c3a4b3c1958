import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type AppliedSources, appliedFile, type SourceFile } from '@tideway/schemas/source'
import { ConfigError } from '@tideway/runtime/config'
import { checkSources, fileOf, readSourceFiles, type SourceChecks } from './source-files.ts'

const isApplied = (value: unknown): value is AppliedSources => {
  const { version, sources } = (value ?? {}) as Partial<AppliedSources>
  return Number.isSafeInteger(version) && Array.isArray(sources)
}

/**
 * The applied set of sources, unchecked; null if none was applied.
 *
 * @throws ConfigError if the file is damaged
 */
export const readApplied = (dir: string): AppliedSources | null => {
  const path = join(dir, appliedFile)
  if (!existsSync(path)) return null
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isApplied(value)) return value
  } catch {
    // Said below.
  }
  throw new ConfigError(
    `Bad sources in ${dir}:\n  ${appliedFile} is not what \`npm run sources -- apply\` writes: apply again, or restore it`,
  )
}

/**
 * The sources that services use: the applied set, or the source files if none was applied
 * (version 0).
 *
 * @throws ConfigError with every problem
 */
export const readSourcesInForce = (
  dir: string,
  checks: SourceChecks,
): { version: number; sources: SourceFile[] } => {
  const applied = readApplied(dir)
  if (applied === null) return { version: 0, sources: readSourceFiles(dir, checks) }
  const found = applied.sources.map((value) => ({ file: fileOf(value), value, problem: null }))
  return { version: applied.version, sources: checkSources(dir, found, checks) }
}

/** Makes a rename in a folder durable. */
const flush = (dir: string): void => {
  const folder = openSync(dir, 'r')
  fsyncSync(folder)
  closeSync(folder)
}

/** Writes a file, so that it is on disk whole, or not at all. @throws Error with code EEXIST */
const writeWhole = (path: string, text: string): void => {
  const draft = `${path}.new`
  const file = openSync(draft, 'wx', 0o644)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    renameSync(draft, path)
    flush(dirname(path))
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/**
 * Makes checked sources the set that services use. They take it over within a second.
 *
 * @param by  user name of the operator
 * @throws ConfigError if the folder cannot be written, or someone else applies
 */
export const writeApplied = (
  dir: string,
  sources: readonly SourceFile[],
  by: string,
): AppliedSources => {
  const version = (readApplied(dir)?.version ?? 0) + 1
  const applied = { version, appliedAt: new Date().toISOString(), by, sources: [...sources] }
  const path = join(dir, appliedFile)
  try {
    writeWhole(path, `${JSON.stringify(applied, null, 2)}\n`)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new ConfigError(
      code === 'EEXIST'
        ? `${path}.new exists: someone else applies, or was interrupted. Delete it if nobody does`
        : `${path} cannot be written: ${message}`,
    )
  }
  return applied
}
