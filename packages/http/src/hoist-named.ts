/**
 * A JSON schema, or anything that holds some, with every schema that has an `$id` replaced by a
 * reference to a component of that name.
 *
 * @param named  components of the OpenAPI document, by name; what is replaced is added
 */
export const hoistNamed = (node: unknown, named: Record<string, unknown>): unknown => {
  if (Array.isArray(node)) return node.map((item) => hoistNamed(item, named))
  if (typeof node !== 'object' || node === null) return node
  const { $id, ...rest } = node as { [key: string]: unknown }
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, hoistNamed(value, named)]),
  )
  if (typeof $id !== 'string') return inner
  named[$id] ??= inner
  return { $ref: `#/components/schemas/${$id}` }
}
