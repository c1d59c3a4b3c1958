import type { Path } from '@tideway/record/provenance/locate'

/** A path as text, e.g. `observations[3].value`. */
export const fieldText = (path: Path): string =>
  path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
    )
    .join('')

/** The inverse of `fieldText`. @returns null if the text is not a path */
export const fieldPath = (text: string): Path | null => {
  if (!/^[A-Za-z]\w*(?:\[\d{1,6}\])?(?:\.[A-Za-z]\w*(?:\[\d{1,6}\])?)*$/.test(text)) return null
  return [...text.matchAll(/([A-Za-z]\w*)|\[(\d+)\]/g)].map(
    ([, name, index]) => name ?? Number(index),
  )
}

/** The value at a path; undefined if there is none. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce(
    (found, step) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, step)
        ? (found as Record<string, unknown>)[step]
        : undefined,
    value,
  )

/** Paths of all leaf values below a path. */
export const leavesBelow = (value: unknown, path: Path): Path[] => {
  if (value === null || value === undefined || value === '') return []
  if (Array.isArray(value))
    return value.flatMap((item, index) => leavesBelow(item, [...path, index]))
  return typeof value === 'object'
    ? Object.entries(value).flatMap(([name, item]) => leavesBelow(item, [...path, name]))
    : [path]
}

export const beginsWith = (path: Path, beginning: Path): boolean =>
  beginning.every((step, index) => path[index] === step)
