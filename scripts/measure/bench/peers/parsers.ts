import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadMessages } from '../alone/messages.ts'

/** Writes messages of the load to files, and the list of them that the Java parsers read. */
const writeFiles = (folder: string): { root: string; list: string } => {
  mkdirSync(folder, { recursive: true })
  const names = loadMessages(400, 100, 'J').map((bytes, index) => {
    writeFileSync(join(folder, `${index}.hl7`), bytes)
    return `${index}.hl7`
  })
  const list = join(folder, 'list.txt')
  writeFileSync(list, names.join('\n'))
  return { root: folder, list }
}

type Result = { bench: string; medianPerSec: number; usable: number; messages: number }

const run = (
  folder: string,
  main: string,
  { root, list }: { root: string; list: string },
  seconds: number,
): Result[] => {
  const { stdout } = spawnSync(
    'java',
    ['-Xmx1g', '-cp', 'classes:lib/*', main, root, list, '3', String(seconds)],
    { cwd: folder, encoding: 'utf8' },
  )
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Result)
}

/**
 * Parsers alone, in one thread over the same messages: HAPI's typed parse, and LinuxForHealth's
 * conversion to FHIR. Messages a second.
 */
export const parsersAlone = (
  hapiFolder: string,
  lfhFolder: string,
  workFolder: string,
  seconds: number,
): { hapiTyped: number | null; linuxForHealth: number | null } => {
  const files = writeFiles(workFolder)
  const rate = (results: readonly Result[], bench: string) =>
    results.find((result) => result.bench === bench && result.usable > 0)?.medianPerSec ?? null
  return {
    hapiTyped: rate(run(hapiFolder, 'HapiParseBench', files, seconds), 'hapi-parse-v26'),
    linuxForHealth: rate(run(lfhFolder, 'LfhBench', files, seconds), 'linuxforhealth-convert'),
  }
}
