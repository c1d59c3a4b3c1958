import { clusterOfPrepared } from '@tideway/identity/cluster/cluster'
import type { Edge } from '@tideway/identity/cluster/edge'
import { type PreparedTraits, prepare } from '@tideway/identity/compare/prepare'
import type { Components } from './components.ts'
import type { PopulationRecord } from './read-record.ts'

/**
 * A link or a work item with the names of its records in the file; `a` and `b` are their places.
 */
export type NamedEdge = Edge & { ids: readonly [string, string] }

export type Clustered = { groups: string[][]; made: NamedEdge[]; items: NamedEdge[] }

/** Clusters the components of one shard, each by itself: no link leads from one to another. */
export const clusterShard = (
  records: readonly string[],
  links: readonly string[],
  { of }: Components,
): Clustered => {
  const members = new Map<number, PreparedTraits[]>()
  const ids = new Map<string, string>()
  for (const line of records) {
    const { id, traits } = JSON.parse(line) as PopulationRecord
    ids.set(traits.patient, id)
    append(members, of(Number(traits.patient)), prepare(traits))
  }
  const edges = new Map<number, Edge[]>()
  for (const line of links) {
    const edge = JSON.parse(line) as Edge
    append(edges, of(Number(edge.a)), edge)
  }
  const named = (edge: Edge): NamedEdge => ({
    ...edge,
    ids: [ids.get(edge.a) ?? edge.a, ids.get(edge.b) ?? edge.b],
  })
  const all: Clustered = { groups: [], made: [], items: [] }
  for (const [component, patients] of members) {
    const { groups, made, items } = clusterOfPrepared(patients, edges.get(component) ?? [], [])
    all.groups.push(...groups)
    all.made.push(...made.map(named))
    all.items.push(...items.map(named))
  }
  return all
}

const append = <T>(lists: Map<number, T[]>, key: number, value: T): void => {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
