import { basename } from 'node:path'
import { sourceFiles } from './source-files.ts'

const drawers = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'lib',
  'types',
  'misc',
  'shared',
  'constants',
  'interfaces',
])

/** Why the name of a source file is refused; null if it is not. */
const problemOf = (path: string): string | null => {
  const folders = path.split('/').slice(0, -1)
  const stem = basename(path).replace(/\..*$/, '')
  if (stem === 'index') return `${path} is a barrel: import the file itself`
  const drawer = [...folders, stem].find((part) => drawers.has(part))
  if (drawer !== undefined) return `${path}: "${drawer}" says nothing about what is in it`
  return /^\.?[a-z0-9]+([-.][a-z0-9]+)*$/.test(basename(path))
    ? null
    : `${path} is not in kebab-case`
}

/** File names: kebab-case, no barrels and no catch-all names. */
export const names = async (root: string): Promise<string[]> =>
  sourceFiles(root)
    .map(problemOf)
    .filter((problem) => problem !== null)
