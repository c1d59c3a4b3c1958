/** Documents of one kind that two generations have. */
export type KindDifferences = {
  same: number
  onlyBefore: number
  onlyAfter: number
  /** Number of documents that differ at each path of fields. */
  paths: Map<string, number>
  differing: number
}

/** Fields that say nothing of the content: guards and origin of the document itself. */
const aside = new Set(['version', 'rules', 'format'])

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !ArrayBuffer.isView(value)

const text = (value: unknown): string => JSON.stringify(value) ?? ''

/** A name of ours; keys that come from data, such as the codes of senders, are not shown. */
const step = (key: string): string => (/^_?[a-z][A-Za-z0-9]*$/.test(key) ? key : '*')

/**
 * Paths of fields in which two values differ, without their values: `data.observations[].value`.
 */
export const differingPaths = (before: unknown, after: unknown, path = ''): string[] => {
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length)
    const all = Array.from({ length }, (_, index) =>
      index in before && index in after
        ? differingPaths(before[index], after[index], `${path}[]`)
        : [`${path}[]`],
    )
    return [...new Set(all.flat())]
  }
  if (isPlain(before) && isPlain(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    const all = [...keys].flatMap((key) =>
      path === '' && aside.has(key)
        ? []
        : differingPaths(before[key], after[key], path === '' ? step(key) : `${path}.${step(key)}`),
    )
    return [...new Set(all)]
  }
  return text(before) === text(after) ? [] : [path]
}

export const noDifferences = (): KindDifferences => ({
  same: 0,
  onlyBefore: 0,
  onlyAfter: 0,
  paths: new Map(),
  differing: 0,
})

/** Counts one document; at least one of the two is there. */
export const countPair = (
  counts: KindDifferences,
  before: object | null,
  after: object | null,
): void => {
  if (after === null) counts.onlyBefore += 1
  else if (before === null) counts.onlyAfter += 1
  else {
    const paths = differingPaths(before, after)
    if (paths.length === 0) counts.same += 1
    else counts.differing += 1
    for (const path of paths) counts.paths.set(path, (counts.paths.get(path) ?? 0) + 1)
  }
}
