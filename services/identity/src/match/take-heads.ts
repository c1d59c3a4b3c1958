import { isDeepStrictEqual } from 'node:util'
import { blockKeysOf } from '@tideway/identity/block-keys'
import { traitsOf } from '@tideway/identity/traits-of-head'
import { receivedOf } from '@tideway/record/entries/version'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { StoredEdge } from '@tideway/schemas/documents/identity'
import type { IdentityStore, KnownPatient } from '../store/store.ts'
import { commonKeys, edgesTo } from './compare.ts'

/** Most candidates read for a batch at once; block keys that too many share are left out first. */
const mostCandidates = 50_000

/** When the first statement still in a head was received. */
const firstHeardIn = ({ details, freshness }: PatientHead, now: number): Date => {
  const received = [
    ...Object.values(details).flatMap((told) => told.map(({ version }) => receivedOf(version))),
    ...Object.values(freshness).map(({ version }) => receivedOf(version)),
  ].filter(Number.isFinite)
  return new Date(received.length === 0 ? now : Math.min(...received) / 1000)
}

const earlier = (a: Date, b: Date): Date => (a < b ? a : b)

/** A source patient of whom nothing is known yet. */
export const unheard = (patient: string, firstHeard: Date): KnownPatient => ({
  _id: patient,
  traits: null,
  headVersion: 0,
  firstHeard,
  blockKeys: [],
  edges: [],
  facts: [],
  mentions: [],
  version: 0,
})

/**
 * What is known of a patient, with what its head says now. The same object if that is nothing new.
 *
 * @param now  milliseconds since 1970 UTC
 */
export const withHead = (
  before: KnownPatient | undefined,
  head: PatientHead,
  now: number,
): KnownPatient => {
  const known = before ?? unheard(head._id, firstHeardIn(head, now))
  if (head.version < known.headVersion) return known
  const isAlone = head.gone === true
  const traits = isAlone ? null : traitsOf(head, new Date(now).toISOString())
  const blockKeys = traits === null ? [] : blockKeysOf(traits)
  if (before !== undefined && isDeepStrictEqual(traits, before.traits)) return known
  return {
    ...known,
    traits,
    blockKeys,
    headVersion: head.version,
    firstHeard: earlier(known.firstHeard, firstHeardIn(head, now)),
  }
}

const edgeBack = (from: string, edge: StoredEdge): StoredEdge => ({ ...edge, to: from })

const sameEdges = (a: readonly StoredEdge[], b: readonly StoredEdge[]): boolean =>
  isDeepStrictEqual(a, b)

type MatchPorts = {
  store: Pick<IdentityStore, 'load' | 'sharing'>
  /** Counts the block keys that too many share. */
  onCommon: (keys: number) => void
}

/**
 * Compares patients whose traits changed with everybody who shares a block key.
 *
 * @param changed  what is known of them now
 * @returns all whose edges changed, these and those at the other end, with their edges
 */
export const withEdges = async (
  changed: readonly KnownPatient[],
  { store, onCommon }: MatchPorts,
): Promise<KnownPatient[]> => {
  if (changed.length === 0) return []
  const own = new Map(changed.map((one) => [one._id, one]))
  const keys = [...new Set(changed.flatMap(({ blockKeys }) => blockKeys))]
  const stored = await store.sharing(keys, mostCandidates)
  const candidates = [...stored.filter(({ _id }) => !own.has(_id)), ...changed]
  const common = commonKeys(candidates)
  if (common.size > 0) onCommon(common.size)
  const isCommon = (key: string) => common.has(key)
  const byKey = new Map<string, KnownPatient[]>()
  for (const one of candidates)
    for (const key of one.blockKeys)
      if (!isCommon(key)) byKey.set(key, [...(byKey.get(key) ?? []), one])

  const found = new Map<string, StoredEdge[]>()
  const lost = new Set<string>()
  for (const one of changed) {
    const near = [...new Set(one.blockKeys.flatMap((key) => byKey.get(key) ?? []))]
    const edges = one.traits === null ? [] : edgesTo(one.traits, near, isCommon)
    found.set(one._id, edges)
    for (const { to } of [...one.edges, ...edges]) if (!own.has(to)) lost.add(to)
  }
  const known = new Map(candidates.map((one) => [one._id, one]))
  const missing = [...lost].filter((key) => !known.has(key))
  const others = new Map([...known, ...(await store.load(missing))])
  const result = changed.map((one) => ({ ...one, edges: found.get(one._id) ?? [] }))
  for (const key of lost) {
    const other = others.get(key)
    if (other === undefined) continue
    const back = [...found].flatMap(([from, edges]) =>
      edges.filter(({ to }) => to === key).map((edge) => edgeBack(from, edge)),
    )
    const edges = [...other.edges.filter(({ to }) => !own.has(to)), ...back].toSorted((a, b) =>
      a.to < b.to ? -1 : 1,
    )
    if (!sameEdges(edges, other.edges)) result.push({ ...other, edges })
  }
  return result
}
