/** Rarely sent components, in a separate record; null if none was sent. */
export const detailOf = <T extends Record<string, string | null>>(detail: T): T | null => {
  for (const name in detail) if (detail[name] !== null) return detail
  return null
}
