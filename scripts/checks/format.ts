import { relative } from 'node:path'
import { problemsOf } from './tool.ts'

/** `::error title=format,file=/checkout/a.ts,...`, as biome writes for machines. */
const annotation = /^::\w+ title=[^,]*,file=([^,:]+)/

/** Every file is formatted by the biome.json of the checkout. */
export const format = async (root: string): Promise<string[]> => {
  const lines = await problemsOf(
    'biome',
    ['format', '--max-diagnostics=none', '--reporter=github', '.'],
    root,
  )
  const files = lines.flatMap((line) => annotation.exec(line)?.[1] ?? [])
  return files.length > 0
    ? [...new Set(files)].map(
        (file) => `${relative(root, file)} is not formatted: npx biome format --write`,
      )
    : lines
}
