/**
 * Receive times: microseconds since 1970 UTC, strictly increasing within the process, so that they also tell receive order.
 *
 * @param now  milliseconds since 1970 UTC
 */
export const receiveClock = (now: () => number = Date.now): (() => number) => {
  let last = 0
  return () => {
    last = Math.max(now() * 1000, last + 1)
    return last
  }
}
