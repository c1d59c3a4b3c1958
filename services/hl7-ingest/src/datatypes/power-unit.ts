/** `10`, `x10`, `*10` or `x 10`, which a power follows. */
const ten = /(^|[x*×.·/\s])10$/i
/** A length, as in kg/m^2 and mL/min/1.73 m^2. */
const metres = /(^|[^a-z])[cdm]?m$/i

const isSplitPower = (left: string, right: string): boolean =>
  (ten.test(left) && /^[-+]?\d{1,2}(?!\d)/.test(right)) ||
  (metres.test(left) && /^[23](?![\d.])/.test(right))

/** A power without what it is a power of, or an area of which only the figure stands. */
const unfinished = /(^|[x*×.·/\s])10\^[-+]?\d+$|\/\s*1\.73$/i

/** `10^6` and nothing behind it but `IU/mL`: all of it is the unit, whatever it means. */
const isRestOf = (unit: string, components: readonly string[], at: number): boolean =>
  unfinished.test(unit) &&
  components[at] !== '' &&
  components.slice(at + 1).every((one) => one === '') &&
  unit === components.slice(0, at).join('^')

/**
 * The components of a unit, joined again where the caret of a power was sent without an escape:
 * `10^9/L` is one unit, not the unit 10 with the text 9/L. Otherwise a value would be read as a
 * thousand million times smaller than it is.
 */
export const joinedPowers = (components: readonly string[]): readonly string[] => {
  if (components.length < 2) return components
  const joined: string[] = []
  for (const [at, component] of components.entries()) {
    const unit = joined.at(-1) ?? ''
    const goesOn =
      at > 0 &&
      (isSplitPower(components[at - 1] ?? '', component) || isRestOf(unit, components, at))
    if (goesOn) joined[joined.length - 1] = `${unit}^${component}`
    else joined.push(component)
  }
  return joined
}
