import type { WorkItemKind } from '@tideway/schemas/documents/identity'

/** Something about source patients that a steward decides. */
export type WorkItemFinding = {
  kind: WorkItemKind
  /** Keys of the source patients, sorted. */
  patients: string[]
  rule: string
  score: number | null
}

/** One finding for each kind and set of patients, the one of the highest score, in order. */
export const eachOnce = (items: readonly WorkItemFinding[]): WorkItemFinding[] => {
  const found = new Map<string, WorkItemFinding>()
  const keyOf = ({ kind, patients }: WorkItemFinding) => `${kind} ${patients.join(' ')}`
  for (const item of items.toSorted((one, other) => {
    const [left, right] = [one, other].map((its) => `${keyOf(its)} ${its.rule}`)
    return (other.score ?? 0) - (one.score ?? 0) || ((left ?? '') < (right ?? '') ? -1 : 1)
  }))
    if (!found.has(keyOf(item))) found.set(keyOf(item), item)
  return [...found.keys()].toSorted().flatMap((key) => found.get(key) ?? [])
}

export const finding = (
  kind: WorkItemFinding['kind'],
  { a, b }: { a: string; b: string },
  rule: string,
  score: number | null = null,
): WorkItemFinding => ({ kind, patients: [a, b].toSorted(), rule, score })
