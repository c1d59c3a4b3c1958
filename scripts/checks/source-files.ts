import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

const skipped = new Set(['node_modules', '.git', '.tideway', '.turbo', 'dist'])

/** Every source file of a checkout, as paths from its root, in order. */
export const sourceFiles = (root: string): string[] => {
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(path)
      return /\.(ts|mts|js|mjs|cjs)$/.test(entry.name) ? [relative(root, path)] : []
    })
  return walk(root).sort()
}

export const isGenerated = (path: string): boolean => path.includes('.generated.')

/** Tests and what only tests use. */
export const isTest = (path: string): boolean => /\.(test|fixture)\.[a-z]+$/.test(path)
