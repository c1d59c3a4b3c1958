/**
 * Receive times: microseconds since 1970 UTC, strictly increasing within the process, so that they
 * also tell receive order.
 *
 * @param now    milliseconds since 1970 UTC
 * @param place  of several processes that receive, which one: no two give the same time
 */
export const receiveClock = (
  now: () => number = Date.now,
  { slot, of }: { slot: number; of: number } = { slot: 0, of: 1 },
): (() => number) => {
  let last = 0
  return () => {
    const next = Math.max(now() * 1000, last + 1)
    last = next + ((slot - (next % of) + of) % of)
    return last
  }
}
