import jaroWinkler from 'talisman/metrics/jaro-winkler.js'

/** Jaro-Winkler similarity, 0 to 1. */
export const similarity = (a: string, b: string): number => (a === b ? 1 : jaroWinkler(a, b))

/**
 * Whether one slip of the fingers makes one text of the other: a character lost, added, changed, or
 * two neighbours exchanged.
 */
export const isOneSlip = (a: string, b: string): boolean => {
  if (a.length > b.length) return isOneSlip(b, a)
  if (b.length - a.length > 1) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i += 1
  if (a.length < b.length) return a.slice(i) === b.slice(i + 1)
  if (i === a.length) return true
  return (
    a.slice(i + 1) === b.slice(i + 1) ||
    (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2))
  )
}
