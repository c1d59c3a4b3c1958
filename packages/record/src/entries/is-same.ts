const sameItems = (a: readonly unknown[], b: unknown): boolean =>
  Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]))

const sameFields = (a: object, b: object, ignored: string | null): boolean => {
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every(
    (key) => key === ignored || (Object.hasOwn(b, key) && same(a[key as never], b[key as never])),
  )
}

/**
 * Whether two documents hold the same, whatever made them: a decoded record and a document read
 * back are of different prototypes.
 */
export const same = (a: unknown, b: unknown, ignored: string | null = null): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime()
  if (Array.isArray(a)) return sameItems(a, b)
  return !Array.isArray(b) && sameFields(a, b, ignored)
}
