import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isGenerated, isTest, sourceFiles } from './source-files.ts'

const exported = /^export (?:declare )?(?:abstract )?(?:type|interface|class) (\w+)\b(?!\s*,)/gm

/** Types that a file exports by a declaration of its own. */
const typesOf = (root: string, path: string): string[] => [
  ...new Set(
    [...readFileSync(join(root, path), 'utf8').matchAll(exported)].map(
      (match) => match[1] as string,
    ),
  ),
]

/**
 * Each name of an exported type has one meaning in the whole repository. The type of a service's
 * settings is `Config` in each service's config.ts.
 */
export const typeNames = async (root: string): Promise<string[]> => {
  const places = sourceFiles(root)
    .filter((path) => !isTest(path) && !isGenerated(path))
    .flatMap((path) => typesOf(root, path).map((name) => ({ name, path })))
    .filter(({ name, path }) => !(name === 'Config' && path.endsWith('/src/config.ts')))
  return [...Map.groupBy(places, ({ name }) => name)]
    .filter(([, those]) => those.length > 1)
    .map(([name, those]) => `${name} is exported by ${those.map(({ path }) => path).join(', ')}`)
    .sort()
}
