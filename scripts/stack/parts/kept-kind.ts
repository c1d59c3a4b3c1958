import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from '../home.ts'

/**
 * Which of several programs wrote the data of this home. That program is used again, whatever is on
 * PATH now.
 *
 * @param kinds  programs, each with a folder of its name below `data`
 * @returns null if none has data here
 */
export const keptKind = <K extends string>(home: Home, kinds: readonly K[]): K | null =>
  kinds.find((kind) => existsSync(join(home.data, kind))) ?? null
