import type { Linger } from './group-commit.ts'

/** A connection counts as active for 1 to 2 times this long after a message, milliseconds. */
const activeMs = 250
/** Up to this many senders would lose more by waiting for each other than they gain. */
const fewestToShare = 4
const maxLingerMs = 8

/**
 * Chooses the interval between produce requests from the number of active connections.
 *
 * A produce request costs nearly the same here and at the broker for one message or thirty. A few
 * senders waiting for their answers are served at once; many senders share a request every few
 * milliseconds.
 *
 * @param now  milliseconds, e.g. `performance.now`
 */
export const createProducerLinger = (now: () => number) => {
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
    /** Counts a message from this connection. */
    noteMessage: (connection: object): void => {
      roll()
      current.add(connection)
    },
    /**
     * The current linger. With a message from every active connection, a produce request waits no
     * longer.
     */
    next: (): Linger => {
      roll()
      const active = Math.max(before, current.size)
      return {
        apartMs: active <= fewestToShare ? 0 : Math.min(maxLingerMs, active / 2),
        enough: active,
      }
    },
  }
}
