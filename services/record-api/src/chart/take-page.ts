import type { Entry } from '@tideway/schemas/documents/entry'

/** Most entries a page holds. */
export const maxPage = 100

/**
 * Observations, earlier values counted, after which a page ends. Reports differ in size by three
 * orders of magnitude; this bounds the answer.
 */
export const maxStatements = 5_000

const weightOf = ({ data }: Entry): number => {
  if (data.kind === 'report')
    return data.observations.reduce((sum, { reported }) => sum + reported.length, 0)
  return 'reported' in data ? data.reported.length : 1
}

/**
 * Takes whole entries until the page is full: `limit` entries, or `maxStatements` observations; at
 * least one entry.
 *
 * @param found  at least one entry more than `limit`, if there are that many
 */
export const takePage = async (
  found: AsyncIterable<Entry>,
  limit: number,
): Promise<{ entries: Entry[]; more: boolean }> => {
  const entries: Entry[] = []
  let weight = 0
  for await (const entry of found) {
    weight += weightOf(entry)
    if (entries.length === limit || (entries.length > 0 && weight > maxStatements))
      return { entries, more: true }
    entries.push(entry)
  }
  return { entries, more: false }
}
