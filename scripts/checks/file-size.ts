import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isGenerated, sourceFiles } from './source-files.ts'

const maxLines = 250
/** Nine of ten files are shorter. */
const maxLinesOfMost = 150
const reason = /^\/\/ Over 250 lines: \S/

/**
 * No file is over 250 lines, unless its first line is `// Over 250 lines: <reason>`, and the 90th
 * percentile of all files is under 150. Generated files are not counted.
 */
export const fileSize = async (root: string): Promise<string[]> => {
  const files = sourceFiles(root)
    .filter((path) => !isGenerated(path))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      return { path, lines: text.split('\n').length - 1, excused: reason.test(text) }
    })
  const tooLong = files
    .filter(({ lines, excused }) => lines > maxLines && !excused)
    .map(
      ({ path, lines }) =>
        `${path} has ${lines} lines; the most is ${maxLines}, or a first line "// Over ${maxLines} lines: <reason>"`,
    )
  const lengths = files.map(({ lines }) => lines).sort((a, b) => a - b)
  const p90 = lengths[Math.max(0, Math.ceil(lengths.length * 0.9) - 1)] ?? 0
  return p90 < maxLinesOfMost
    ? tooLong
    : [
        ...tooLong,
        `the 90th percentile of all files is ${p90} lines; it must be under ${maxLinesOfMost}`,
      ]
}
