import { relative } from 'node:path'
import { problemsOf } from './tool.ts'

/**
 * `::error title=lint/style/noEnum,file=/checkout/a.ts,line=3,endLine=3,col=1,endColumn=5::Words`,
 * as biome writes for machines.
 */
const annotation = /^::(?:error|warning) title=([^,]*),file=([^,]*),line=(\d+),.*?::(.*)$/

/** Lint errors and warnings by biome.json. */
export const lint = async (root: string): Promise<string[]> => {
  const lines = await problemsOf(
    'biome',
    [
      'lint',
      '--error-on-warnings',
      '--diagnostic-level=warn',
      '--max-diagnostics=none',
      '--reporter=github',
      '.',
    ],
    root,
  )
  const found = lines.flatMap((line) => {
    const [, rule, file, at, words] = annotation.exec(line) ?? []
    return file === undefined ? [] : [`${relative(root, file)}:${at} ${rule}: ${words}`]
  })
  return found.length > 0 ? found : lines
}
