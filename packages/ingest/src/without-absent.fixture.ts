/**
 * What is said: a field that is null or empty is the same as one left out, so that an expectation
 * need not name what its message does not.
 */
export const said = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(said)
  if (typeof value !== 'object' || value === null) return value
  const saying = ([, field]: [string, unknown]) =>
    field !== null && !(Array.isArray(field) && field.length === 0)
  return Object.fromEntries(
    Object.entries(value)
      .filter(saying)
      .map(([name, field]) => [name, said(field)]),
  )
}
