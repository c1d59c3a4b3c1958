/** Number of occurrences by key. */
export type FeedCounts = Map<string, number>

/** A key of several parts, e.g. field and code, joined by tabs; tabs inside parts become blanks. */
export const keyOf = (...parts: readonly string[]): string =>
  parts.map((part) => part.replaceAll('\t', ' ')).join('\t')

export const count = (counts: FeedCounts, ...parts: readonly string[]): void => {
  const key = keyOf(...parts)
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Most frequent first, then by name. */
export const ranked = (counts: FeedCounts): { parts: string[]; count: number }[] =>
  [...counts]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([key, number]) => ({ parts: key.split('\t'), count: number }))

/**
 * A code or the name of a code system as shown in the report. Anything that may identify a person
 * is replaced, because a report is passed to people who may not see it.
 */
export const codeShown = (text: string | null): string => {
  if (text === null || text === '') return '(empty)'
  if (/\d{5}/.test(text) && !/^[0-9.]+\.[0-9.]+$/.test(text)) return '(long number)'
  return /^[\w.^&/%*+:# -]{1,30}$/.test(text) ? text : '(text)'
}
