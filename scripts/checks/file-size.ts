import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourceFiles } from './source-files.ts'

const maxLines = 250

/** Longer on purpose, each with the reason. */
const exceptions: Record<string, string> = {
  'schemas/src/events.generated.ts': 'made from the schemas, not written',
}

/** A file longer than this is doing two things. */
export const fileSize = async (root: string): Promise<string[]> => {
  const lines = (path: string) => readFileSync(join(root, path), 'utf8').split('\n').length - 1
  return sourceFiles(root)
    .filter((path) => exceptions[path] === undefined && lines(path) > maxLines)
    .map((path) => `${path} has ${lines(path)} lines; ${maxLines} is the most`)
}
