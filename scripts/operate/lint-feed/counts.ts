/** How often each thing was seen. */
export type FeedCounts = Map<string, number>

/** Parts of a key, e.g. field and code; no part holds a tab. */
export const keyOf = (...parts: readonly string[]): string =>
  parts.map((part) => part.replaceAll('\t', ' ')).join('\t')

export const count = (counts: FeedCounts, ...parts: readonly string[]): void => {
  const key = keyOf(...parts)
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Most often first, equal ones by name. */
export const ranked = (counts: FeedCounts): { parts: string[]; count: number }[] =>
  [...counts]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([key, number]) => ({ parts: key.split('\t'), count: number }))

/**
 * Codes and names of systems are shown. Whatever may be a person's is not: a report goes to people
 * who may not see it.
 */
export const codeShown = (text: string | null): string => {
  if (text === null || text === '') return '(empty)'
  if (/\d{5}/.test(text) && !/^[0-9.]+\.[0-9.]+$/.test(text)) return '(long number)'
  return /^[\w.^&/%*+:# -]{1,30}$/.test(text) ? text : '(text)'
}
