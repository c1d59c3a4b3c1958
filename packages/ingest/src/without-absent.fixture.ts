/**
 * A value without fields that are null or an empty array, so that expectations need not list them.
 */
export const withoutAbsent = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutAbsent)
  if (typeof value !== 'object' || value === null) return value
  const isPresent = ([, field]: [string, unknown]) =>
    field !== null && !(Array.isArray(field) && field.length === 0)
  return Object.fromEntries(
    Object.entries(value)
      .filter(isPresent)
      .map(([name, field]) => [name, withoutAbsent(field)]),
  )
}
