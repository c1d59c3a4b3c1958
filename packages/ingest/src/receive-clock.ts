/**
 * Receive times in microseconds since 1970 UTC, strictly increasing within the process, so that
 * they also give the receive order.
 *
 * @param now  milliseconds since 1970 UTC
 * @param slot index of this process among `of` receiving processes; no two return the same time
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
