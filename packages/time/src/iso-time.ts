const dayLength = 'yyyy-mm-dd'.length
const offset = /(Z|[+-]\d\d:\d\d)$/

/** Whether a clinical time says more than its day. */
export const hasTime = (time: string): boolean => time.length > dayLength

/**
 * The day a clinical time names where it was written, whatever its offset; a year or month as it
 * is.
 */
export const dayOf = (time: string): string => time.slice(0, dayLength)

/**
 * Milliseconds since 1970 UTC; a day, month or year counts from its first midnight UTC.
 *
 * @param time  ISO 8601 at any precision, with an offset if it has a time
 * @returns null for none, or for a text that is no time
 */
export const instantOf = (time: string | null): number | null => {
  if (time === null) return null
  const parsed = Date.parse(hasTime(time) && !offset.test(time) ? `${time}Z` : time)
  return Number.isNaN(parsed) ? null : parsed
}

/**
 * The instant of a time that has one; null for a mere day, which says nothing about order within
 * it.
 */
export const exactInstantOf = (time: string | null): number | null =>
  time !== null && hasTime(time) ? instantOf(time) : null

/**
 * Whether `a` is certainly later than `b`: instants where both have a time, else at the coarser
 * precision of the two. Unknown is not later.
 */
export const isLater = (a: string | null, b: string | null): boolean => {
  if (a === null || b === null) return false
  if (hasTime(a) && hasTime(b))
    return (instantOf(a) ?? Number.NEGATIVE_INFINITY) > (instantOf(b) ?? Number.POSITIVE_INFINITY)
  const length = Math.min(a.length, b.length, dayLength)
  return a.slice(0, length) > b.slice(0, length)
}
