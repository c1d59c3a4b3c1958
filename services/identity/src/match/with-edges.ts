import { isDeepStrictEqual } from 'node:util'
import type { StoredEdge } from '@tideway/schemas/documents/identity'
import type { KnownPatient } from '../store/identities-store.ts'
import type { IdentityStore } from '../store/store.ts'
import type { Candidates } from './candidates.ts'
import { edgesTo } from './compare.ts'

type EdgePorts = {
  store: Pick<IdentityStore, 'load'>
  candidates: (changed: readonly KnownPatient[]) => Promise<Candidates>
}

const byKey = (a: StoredEdge, b: StoredEdge): number => (a.to < b.to ? -1 : 1)

/** Candidates by the block keys that count. */
const blocksOf = ({ found, isCommon }: Candidates): Map<string, KnownPatient[]> => {
  const blocks = new Map<string, KnownPatient[]>()
  for (const one of found)
    for (const key of one.blockKeys) {
      if (isCommon(key)) continue
      const block = blocks.get(key)
      if (block === undefined) blocks.set(key, [one])
      else block.push(one)
    }
  return blocks
}

/** Edges back, by patients at the other end of edges that are or were; none where it is gone. */
const endsOf = (
  changed: readonly KnownPatient[],
  own: ReadonlyMap<string, readonly StoredEdge[]>,
): Map<string, StoredEdge[]> => {
  const before = changed.flatMap(({ edges }) => edges.map(({ to }) => to))
  const back = [...own].flatMap(([from, edges]) => edges.map((edge) => ({ from, edge })))
  const ends = new Map(before.map((key) => [key, [] as StoredEdge[]]))
  for (const { from, edge } of back)
    ends.set(edge.to, [...(ends.get(edge.to) ?? []), { ...edge, to: from }])
  for (const key of own.keys()) ends.delete(key)
  return ends
}

/**
 * Compares patients whose traits changed with everybody who shares a block key.
 *
 * @param changed  what is known of them now, with their edges of before
 * @returns these with their edges now, and those at the other end whose edges changed thereby
 */
export const withEdges = async (
  changed: readonly KnownPatient[],
  { store, candidates }: EdgePorts,
): Promise<KnownPatient[]> => {
  if (changed.length === 0) return []
  const near = await candidates(changed)
  const blocks = blocksOf(near)
  const own = new Map<string, StoredEdge[]>()
  for (const { _id, traits, blockKeys } of changed) {
    const others = [...new Set(blockKeys.flatMap((key) => blocks.get(key) ?? []))]
    own.set(_id, traits === null ? [] : edgesTo(traits, others, near.isCommon))
  }

  const ends = endsOf(changed, own)
  const known = new Map(near.found.map((one) => [one._id, one]))
  const absent = await store.load([...ends.keys()].filter((key) => !known.has(key)))
  const others = [...ends].flatMap(([key, back]) => {
    const other = known.get(key) ?? absent.get(key)
    if (other === undefined) return []
    const edges = [...other.edges.filter(({ to }) => !own.has(to)), ...back].toSorted(byKey)
    return isDeepStrictEqual(edges, other.edges) ? [] : [{ ...other, edges }]
  })
  return [...changed.map((one) => ({ ...one, edges: own.get(one._id) ?? [] })), ...others]
}
