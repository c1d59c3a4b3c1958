import {
  blockKeysOfPrepared,
  largestBlock,
  withoutCommonContacts,
} from '@tideway/identity/block-keys'
import { type PreparedTraits, prepare } from '@tideway/identity/compare/prepare'
import { decidePrepared } from '@tideway/identity/decide/decide'
import type { Traits } from '@tideway/identity/traits'
import type { StoredEdge } from '@tideway/schemas/documents/identity'

/** Another source patient that shares a block key. */
type Candidate = { _id: string; traits: Traits | null; blockKeys: readonly string[] }

/** Block keys that too many of these share to tell anybody apart. */
export const commonKeys = (candidates: readonly Candidate[]): Set<string> => {
  const counts = new Map<string, number>()
  for (const { blockKeys } of candidates)
    for (const key of blockKeys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return new Set([...counts].filter(([, count]) => count > largestBlock).map(([key]) => key))
}

/**
 * What a source patient is to each of the candidates; those to whom it is nothing are left out. The
 * same edge as the other finds to this one.
 *
 * @param isCommon  whether a block key tells nobody apart
 */
export const edgesTo = (
  traits: Traits,
  candidates: readonly Candidate[],
  isCommon: (key: string) => boolean,
): StoredEdge[] => {
  const ready = (one: Traits): PreparedTraits => withoutCommonContacts(prepare(one), isCommon)
  const own = ready(traits)
  const keys = new Set(blockKeysOfPrepared(own).filter((key) => !isCommon(key)))
  return candidates
    .flatMap(({ _id, traits: other, blockKeys }) => {
      if (other === null || _id === traits.patient) return []
      if (!blockKeys.some((key) => keys.has(key))) return []
      const { how, rule, score, fields } = decidePrepared(own, ready(other))
      return how === 'none' ? [] : [{ to: _id, how, rule, score, fields: { ...fields } }]
    })
    .toSorted((a, b) => (a.to < b.to ? -1 : 1))
}
