import type { PersonMember } from '@tideway/schemas/documents/identity'
import { identifierIn } from '@tideway/schemas/public-id'
import { compareEdges } from '../cluster/edge-order.ts'
import type { ReasonedEdge } from './automatic-edges.ts'
import type { IdentityFacts } from './statement.ts'

/**
 * The members of a person, the founder first, each with the strongest edge by which it is reached
 * from those before it. The founder is the one heard of first, then the lowest key.
 */
export const membersOf = (
  group: readonly string[],
  made: readonly ReasonedEdge[],
  identities: ReadonlyMap<string, IdentityFacts>,
): { founder: string; members: PersonMember[] } => {
  const heardAt = (key: string) => identities.get(key)?.firstHeard.getTime() ?? Infinity
  const [founder = ''] = group.toSorted((a, b) => heardAt(a) - heardAt(b) || (a < b ? -1 : 1))
  const since = identities.get(founder)?.firstHeard ?? new Date(0)
  const members = [memberOf(founder, 'tideway', 'founder', null, since)]
  const inside = new Set(group)
  const reached = new Set([founder])
  let open = made.filter(({ a, b }) => inside.has(a) && inside.has(b)).toSorted(compareEdges)
  for (;;) {
    const edge = open.find(({ a, b }) => reached.has(a) !== reached.has(b))
    if (edge === undefined) break
    const key = reached.has(edge.a) ? edge.b : edge.a
    reached.add(key)
    const score = edge.how === 'auto' ? edge.score : null
    members.push(memberOf(key, edge.by, edge.rule, score, edge.since))
    open = open.filter((one) => one !== edge)
  }
  return { founder, members }
}

const memberOf = (
  patient: string,
  by: string,
  rule: string,
  score: number | null,
  since: Date,
): PersonMember => ({
  patient,
  organisation: organisationIn(patient),
  identifier: identifierIn(patient),
  since,
  by,
  rule,
  score,
})

/** ODS code in a patient's key. */
export const organisationIn = (key: string): string => key.slice(0, key.indexOf('|'))
