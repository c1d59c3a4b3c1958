/**
 * What is rarely said of a thing, kept in a record of its own so that it costs nothing where none
 * of it was sent.
 */
export const detailOf = <T extends Record<string, string | null>>(detail: T): T | null => {
  for (const name in detail) if (detail[name] !== null) return detail
  return null
}
