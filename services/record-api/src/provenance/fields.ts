import type { Path } from '@tideway/record/provenance/locate'

/** `observations[3].value`. */
export const fieldText = (path: Path): string =>
  path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
    )
    .join('')

/** @returns null if it is no path */
export const fieldPath = (text: string): Path | null => {
  if (!/^[A-Za-z]\w*(?:\[\d{1,6}\])?(?:\.[A-Za-z]\w*(?:\[\d{1,6}\])?)*$/.test(text)) return null
  return [...text.matchAll(/([A-Za-z]\w*)|\[(\d+)\]/g)].map(
    ([, name, index]) => name ?? Number(index),
  )
}

/** Undefined if there is nothing. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce(
    (found, step) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, step)
        ? (found as Record<string, unknown>)[step]
        : undefined,
    value,
  )

/** Paths of everything that has a value below a path. */
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
