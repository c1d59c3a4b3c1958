import { largestBlock } from '@tideway/identity/block-keys'
import { LRUCache } from 'lru-cache'
import type { KnownPatient } from '../store/identities-store.ts'
import type { IdentityStore } from '../store/store.ts'
import { commonKeys } from './compare.ts'

/** Most candidates read at once; beyond it each block key is read alone, and bounded. */
const mostTogether = 20_000
const commonKept = 100_000

export type Candidates = { found: KnownPatient[]; isCommon: (key: string) => boolean }

/**
 * Everybody who shares one of some block keys. A key that more than `largestBlock` share is left
 * out, is remembered and is never read whole.
 *
 * @param onCommon  called with the number of keys newly found to be common
 */
export const candidateReader = (
  { sharing }: Pick<IdentityStore, 'sharing'>,
  onCommon: (keys: number) => void,
) => {
  const common = new LRUCache<string, true>({ max: commonKept })

  const one = async (key: string): Promise<KnownPatient[]> => {
    const found = await sharing([key], largestBlock + 1)
    if (found.length <= largestBlock) return found
    common.set(key, true)
    return []
  }

  const read = async (keys: readonly string[]): Promise<KnownPatient[]> => {
    const all = await sharing(keys, mostTogether)
    if (all.length < mostTogether) return all
    const each: KnownPatient[] = []
    for (const key of keys) each.push(...(await one(key)))
    return [...new Map(each.map((found) => [found._id, found])).values()]
  }

  /** @param changed  patients compared, whose stored state is out of date */
  return async (changed: readonly KnownPatient[]): Promise<Candidates> => {
    const before = common.size
    const keys = [...new Set(changed.flatMap(({ blockKeys }) => blockKeys))]
    const own = new Set(changed.map(({ _id }) => _id))
    const stored = await read(keys.filter((key) => !common.has(key)))
    const found = [...stored.filter(({ _id }) => !own.has(_id)), ...changed]
    for (const key of commonKeys(found)) common.set(key, true)
    if (common.size > before) onCommon(common.size - before)
    return { found, isCommon: (key) => common.has(key) }
  }
}
