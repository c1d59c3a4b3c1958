import type { Edge } from './edge.ts'

const strength: Readonly<Record<Edge['how'], number>> = { steward: 0, sender: 1, auto: 2 }

const ends = ({ a, b }: Edge): string => (a < b ? `${a} ${b}` : `${b} ${a}`)

/**
 * The strongest first: a steward, a sender, then automatic ones by score; ties by keys and rule.
 */
export const compareEdges = (one: Edge, other: Edge): number =>
  strength[one.how] - strength[other.how] ||
  other.score - one.score ||
  compareText(ends(one), ends(other)) ||
  compareText(one.rule, other.rule)

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/**
 * Of edges between groups, the strongest for each pair of groups; those within a group fall away.
 * One
 * decision of a person settles all between two groups.
 */
export const strongestBetween = <E extends Edge>(
  groupOf: (patient: string) => string,
  edges: readonly E[],
): E[] => {
  const found = new Map<string, E>()
  for (const edge of edges.toSorted(compareEdges)) {
    const [a, b] = [groupOf(edge.a), groupOf(edge.b)].toSorted()
    const between = `${a} ${b}`
    if (a !== b && !found.has(between)) found.set(between, edge)
  }
  return [...found.values()]
}
