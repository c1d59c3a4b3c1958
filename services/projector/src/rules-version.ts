import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What decides how events become documents, as paths below the checkout. */
const parts = [
  'packages/identity/src/compare',
  'packages/identity/src/conflict',
  'packages/record/src',
  'packages/time/src',
  'schemas/src/documents',
  'schemas/src/upcast.ts',
  'schemas/src/public-id.ts',
  'services/projector/src/apply',
  'services/projector/src/identity',
]
const checkout = fileURLToPath(new URL('../../..', import.meta.url))

const isRule = (path: string): boolean =>
  /\.(ts|json)$/.test(path) && !/\.(test|fixture)\.ts$/.test(path)

/** Comments on lines of their own and white space: what changes them changes no document. */
const withoutComments = (text: string): string =>
  text
    .replace(/^\s*\/\*[\s\S]*?\*\//gm, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\s+/g, '')

const filesOf = (part: string): string[] =>
  isRule(part)
    ? [part]
    : readdirSync(join(checkout, part), { recursive: true, encoding: 'utf8' })
        .map((name) => join(part, name))
        .filter(isRule)
        .toSorted()

/** @param files  name and text of each */
export const versionOfFiles = (files: readonly (readonly [string, string])[]): string => {
  const hash = createHash('sha256')
  for (const [path, text] of files) hash.update(`${path}\0${withoutComments(text)}\0`)
  return hash.digest('hex').slice(0, 12)
}

/**
 * The version of the rules of this release, from their code itself: no change of them can be
 * forgotten. A change that has no effect on documents gives another version too.
 */
export const rulesVersion = (): string =>
  versionOfFiles(
    parts.flatMap(filesOf).map((path) => [path, readFileSync(join(checkout, path), 'utf8')]),
  )
