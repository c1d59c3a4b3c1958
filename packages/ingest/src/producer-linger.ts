import type { Pace } from './group-commit.ts'

/**
 * A connection counts as active for this long after a message, milliseconds, and up to twice as
 * long.
 */
const activeMs = 250
/** Fewer senders than this lose more by waiting for each other than they gain. */
const fewest = 4
const mostMs = 8

/**
 * How far apart sends to the log are to begin, from how many connections bring messages now.
 *
 * A send costs nearly the same work here and at the broker whether it carries one message or
 * thirty. A few senders that each wait for their answer are best served at once; many that arrive
 * all the time share a send every few milliseconds, and nobody waits longer than that.
 *
 * @param now  milliseconds, e.g. `performance.now`
 */
export const createPace = (now: () => number) => {
  let began = now()
  let current = new Set<object>()
  let before = 0

  const roll = () => {
    const passed = now() - began
    if (passed < activeMs) return
    before = passed < 2 * activeMs ? current.size : 0
    current = new Set()
    began = now()
  }

  return {
    /** A message came over this connection. */
    heard: (connection: object): void => {
      roll()
      current.add(connection)
    },
    /** All who send share a send, if they all come in time. */
    next: (): Pace => {
      roll()
      const active = Math.max(before, current.size)
      return { apartMs: active <= fewest ? 0 : Math.min(mostMs, active / 2), enough: active }
    },
  }
}
