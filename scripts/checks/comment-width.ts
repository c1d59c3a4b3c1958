import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isGenerated, sourceFiles } from './source-files.ts'

const columns = 100
const comment = /^\s*(\/\/|\/\*|\*)/
/** What cannot be wrapped: an address, and an instruction to a tool. */
const unbreakable = /https?:\/\/\S{40}|biome-ignore|@ts-expect-error/

/** The formatter leaves comments alone, so their width is checked here. */
export const commentWidth = async (root: string): Promise<string[]> =>
  sourceFiles(root)
    .filter((path) => !isGenerated(path))
    .flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          line.length > columns && comment.test(line) && !unbreakable.test(line)
            ? [`${path}:${index + 1} a comment of ${line.length} columns; the most is ${columns}`]
            : [],
        ),
    )
