/** `10`, `x10`, `*10` or `x 10`, which a power follows. */
const ten = /(^|[x*×.·/\s])10$/i
/** A length, as in kg/m^2 and mL/min/1.73 m^2. */
const metres = /(^|[^a-z])[cdm]?m$/i

const isSplitPower = (left: string, right: string): boolean =>
  (ten.test(left) && /^[-+]?\d{1,2}(?!\d)/.test(right)) ||
  (metres.test(left) && /^[23](?![\d.])/.test(right))

/**
 * The components of a unit, joined again where the caret of a power was sent without an escape:
 * `10^9/L` is one unit, not the unit 10 with the text 9/L. Otherwise a value would be read as a
 * thousand million times smaller than it is.
 */
export const joinedPowers = (components: readonly string[]): readonly string[] => {
  if (!components.some((one, at) => isSplitPower(one, components[at + 1] ?? ''))) return components
  const joined: string[] = []
  let previous = ''
  for (const component of components) {
    if (joined.length > 0 && isSplitPower(previous, component))
      joined[joined.length - 1] = `${joined.at(-1)}^${component}`
    else joined.push(component)
    previous = component
  }
  return joined
}
