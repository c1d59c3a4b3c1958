import type { Version } from '@tideway/schemas/documents/version'
import { pairOf, type StewardDecision } from './statement.ts'

/** What stewards decided, as far as it stands. */
export type StewardRules = {
  /** By pair: the newest decision about it, as long as nothing newer took a patient of it out. */
  pairs: ReadonlyMap<string, StewardDecision & { a: string; b: string }>
  /** By patient: the newest decision that took it out of its person. */
  unlinked: ReadonlyMap<string, StewardDecision>
}

const pairsIn = (patients: readonly string[]): { a: string; b: string }[] => {
  const keys = [...new Set(patients)].toSorted()
  return keys.flatMap((a, index) => keys.slice(index + 1).map((b) => ({ a, b })))
}

const linksOf = (patient: string, pairs: StewardRules['pairs']): string[] =>
  [...pairs].flatMap(([key, { kind, a, b }]) =>
    kind === 'LINK' && (a === patient || b === patient) ? [key] : [],
  )

/**
 * The newest decision about a pair counts. UNLINK takes its patient out whatever put it there:
 * older links of it no longer count, while what keeps it apart still does.
 *
 * @param decisions  oldest first
 */
export const stewardRulesOf = (decisions: readonly StewardDecision[]): StewardRules => {
  const pairs = new Map<string, StewardDecision & { a: string; b: string }>()
  const unlinked = new Map<string, StewardDecision>()
  for (const decision of decisions) {
    const [first] = decision.patients
    if (decision.kind !== 'UNLINK') {
      for (const pair of pairsIn(decision.patients))
        pairs.set(pairOf(pair.a, pair.b), { ...decision, ...pair })
    } else if (first !== undefined) {
      unlinked.set(first, decision)
      for (const key of linksOf(first, pairs)) pairs.delete(key)
    }
  }
  return { pairs, unlinked }
}

/** When a steward last took one of two patients out of its person; null if none did. */
export const unlinkedAt = (
  { unlinked }: StewardRules,
  a: string,
  b: string,
): StewardDecision | null => {
  const [one, other] = [unlinked.get(a) ?? null, unlinked.get(b) ?? null]
  if (one === null || other === null) return one ?? other
  return one.version > other.version ? one : other
}

/** Only what is said after a steward took a patient out is new evidence. */
export const isNewTo = (rules: StewardRules, a: string, b: string, version: Version): boolean => {
  const unlink = unlinkedAt(rules, a, b)
  return unlink === null || version > unlink.version
}
