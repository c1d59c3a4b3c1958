/**
 * Newest statement of each field: contributions come newest first, and the first that says anything
 * about a field wins.
 */
export const newestOf = <Fields extends object>(
  contributions: readonly { fields: Fields }[],
): Fields => {
  const merged = {} as Fields
  for (const { fields } of contributions.toReversed()) Object.assign(merged, fields)
  return merged
}
