/**
 * Looks up a sender's code; null if the table does not have it. Object properties such as
 * `constructor` are not found.
 */
export const lookUp = <Word>(table: Readonly<Record<string, Word>>, sent: string): Word | null =>
  Object.hasOwn(table, sent) ? (table[sent] ?? null) : null
