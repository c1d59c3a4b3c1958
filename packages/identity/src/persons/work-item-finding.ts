import type { WorkItemKind } from '@tideway/schemas/documents/identity'

/** Something about source patients that a steward decides. */
export type WorkItemFinding = {
  kind: WorkItemKind
  /** Keys of the source patients, sorted. */
  patients: string[]
  rule: string
  score: number | null
}

/** One finding for each kind and set of patients, in order. */
export const eachOnce = (items: readonly WorkItemFinding[]): WorkItemFinding[] => {
  const found = new Map<string, WorkItemFinding>()
  const keyOf = ({ kind, patients }: WorkItemFinding) => `${kind} ${patients.join(' ')}`
  const sortKeyOf = (item: WorkItemFinding) => `${keyOf(item)} ${item.rule}`
  for (const item of items.toSorted((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1)))
    if (!found.has(keyOf(item))) found.set(keyOf(item), item)
  return [...found.values()]
}
