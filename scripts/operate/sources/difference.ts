import { isDeepStrictEqual } from 'node:util'
import type { SourceFile } from '@tideway/schemas/source'

export type SourceState = 'added' | 'changed' | 'removed' | 'same'

/** How each source differs between the set in force and the source files, by ODS code. */
export const differenceOf = (
  inForce: readonly SourceFile[],
  files: readonly SourceFile[],
): Map<string, SourceState> => {
  const before = new Map(inForce.map((source) => [source.ods, source]))
  const after = new Map(files.map((source) => [source.ods, source]))
  const stateOf = (ods: string): SourceState => {
    const [old, now] = [before.get(ods), after.get(ods)]
    if (old === undefined) return 'added'
    if (now === undefined) return 'removed'
    return isDeepStrictEqual(old, now) ? 'same' : 'changed'
  }
  return new Map(
    [...new Set([...before.keys(), ...after.keys()])].sort().map((ods) => [ods, stateOf(ods)]),
  )
}

/** In words: `RJZ changed, RX1 added`; null if nothing differs. */
export const inWords = (difference: ReadonlyMap<string, SourceState>): string | null => {
  const changes = [...difference].filter(([, state]) => state !== 'same')
  return changes.length === 0 ? null : changes.map(([ods, state]) => `${ods} ${state}`).join(', ')
}
