import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkout, problemsOf } from './tool.ts'

/**
 * Import rules of .dependency-cruiser.mjs. Output after the ‼ is advice to install another
 * compiler.
 */
export const boundaries = async (root: string): Promise<string[]> => {
  const folders = ['schemas', 'packages', 'services', 'scripts'].filter((folder) =>
    existsSync(join(root, folder)),
  )
  const lines = await problemsOf(
    'depcruise',
    ['--config', join(checkout, '.dependency-cruiser.mjs'), '--output-type', 'err', ...folders],
    root,
  )
  const advice = lines.findIndex((line) => line.startsWith('‼'))
  return advice > 0 ? lines.slice(0, advice) : lines
}
