import type { Entry } from '@tideway/schemas/documents/entry'

/** Most entries a page holds. */
export const maxPage = 100

/**
 * Statements about observations after which a page ends: reports differ in size by three orders of
 * magnitude, and an answer has to stay readable.
 */
export const maxStatements = 5_000

const weightOf = ({ data }: Entry): number => {
  if (data.kind === 'report')
    return data.observations.reduce((sum, { reported }) => sum + reported.length, 0)
  return 'reported' in data ? data.reported.length : 1
}

/**
 * Takes entries until the page is full: `limit` entries, or as many as hold `maxStatements`; at
 * least one, and none in part.
 *
 * @param found  at least one entry more than `limit`, if there are as many
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
