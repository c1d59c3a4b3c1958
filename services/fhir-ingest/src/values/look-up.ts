/**
 * Ours for a sender's word; null if the table has none. `constructor` and its like are in every
 * object, and in no table.
 */
export const ownWord = <Word>(table: Readonly<Record<string, Word>>, sent: string): Word | null =>
  Object.hasOwn(table, sent) ? (table[sent] ?? null) : null
