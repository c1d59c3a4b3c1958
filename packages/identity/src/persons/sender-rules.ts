import { pairOf, type SenderStatement } from './statement.ts'

/** What senders say of one pair, as far as it stands. */
export type StandingPair = {
  newest: SenderStatement
  /** Merges in either direction that nothing took back. */
  merges: SenderStatement[]
}

/**
 * Of each pair, the statements that stand. An unlink takes back every older statement about the
 * pair, whoever made it, and wins over one of the same time. Numbers that move to another patient
 * (A43) leave the patients that older statements joined them with.
 *
 * @param statements  oldest first
 */
export const standingStatements = (
  statements: readonly SenderStatement[],
): Map<string, StandingPair> => {
  const moves = new Map<string, SenderStatement>()
  for (const one of statements) if (one.kind === 'move') moves.set(one.a, one)
  const pairs = new Map<string, StandingPair>()
  for (const one of statements) {
    const pair = pairOf(one.a, one.b)
    const before = pairs.get(pair)
    const isTied = before?.newest.kind === 'unlink' && before.newest.version === one.version
    if (isTied || isLeft(one, moves)) continue
    const merges = one.kind === 'unlink' ? [] : (before?.merges ?? [])
    pairs.set(pair, { newest: one, merges: one.kind === 'merge' ? [...merges, one] : merges })
  }
  return pairs
}

/** A link of a patient whose numbers moved elsewhere after it. */
const isLeft = (one: SenderStatement, moves: ReadonlyMap<string, SenderStatement>): boolean =>
  one.kind !== 'unlink' &&
  [one.a, one.b].some((key) => {
    const move = moves.get(key)
    return move !== undefined && move.version > one.version
  })

/** Groups of patients that merges make each other's survivor: every one is merged away. */
export const mergeCycles = (statements: readonly SenderStatement[]): string[][] => {
  const next = new Map<string, Set<string>>()
  for (const { kind, a, b } of statements)
    if (kind === 'merge') next.set(a, (next.get(a) ?? new Set()).add(b))
  const reached = new Map([...next.keys()].map((key) => [key, reachableFrom(key, next)]))
  const cycles = new Map<string, string[]>()
  for (const [key, its] of reached) {
    if (!its.has(key)) continue
    const members = [...its].filter((other) => reached.get(other)?.has(key) === true).toSorted()
    cycles.set(members.join(' '), members)
  }
  return [...cycles.values()]
}

const reachableFrom = (start: string, next: ReadonlyMap<string, ReadonlySet<string>>) => {
  const seen = new Set<string>()
  const open = [...(next.get(start) ?? [])]
  for (let key = open.pop(); key !== undefined; key = open.pop())
    if (!seen.has(key)) {
      seen.add(key)
      open.push(...(next.get(key) ?? []))
    }
  return seen
}
