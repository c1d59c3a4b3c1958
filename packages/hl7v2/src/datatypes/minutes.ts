/**
 * Seconds of each unit, as HL7 data type TQ (S, M, H, D, W), UCUM and senders write them. Compared
 * without case: M is minutes, never months.
 */
const seconds: ReadonlyMap<string, number> = new Map([
  ...['s', 'sec', 'secs', 'second', 'seconds'].map((unit) => [unit, 1] as const),
  ...['m', 'min', 'mins', 'minute', 'minutes'].map((unit) => [unit, 60] as const),
  ...['h', 'hr', 'hrs', 'hour', 'hours'].map((unit) => [unit, 3_600] as const),
  ...['d', 'day', 'days'].map((unit) => [unit, 86_400] as const),
  ...['w', 'wk', 'week', 'weeks'].map((unit) => [unit, 604_800] as const),
])

/**
 * A duration in minutes.
 *
 * @returns null if the unit is missing or unknown, or the value is not a number
 */
export const minutesOf = (value: string | null, unit: string | null): string | null => {
  const length = seconds.get(unit?.trim().toLowerCase() ?? '')
  if (value === null || length === undefined || !/^\d+(\.\d+)?$/.test(value.trim())) return null
  return String((Number(value) * length) / 60)
}

/** Minutes of TQ-3, e.g. `M30`; null for a number without a unit. HL7 v2.5.1 chapter 4.3.3. */
export const minutesOfTq = (duration: string | null): string | null => {
  const [, unit, value] = /^([SMHDW])(\d+)$/.exec(duration ?? '') ?? []
  return minutesOf(value ?? null, unit ?? null)
}
