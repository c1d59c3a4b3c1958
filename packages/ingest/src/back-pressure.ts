/** A half frame above this needs a permit to grow, bytes. */
const smallFrame = 65_536

/** A connection, to be looked at again when there is room. */
type Waiter = () => void

/**
 * Back-pressure over all connections, so that memory is bounded whatever arrives: whole messages
 * under way are bounded in bytes, and of half frames only a few at once may grow beyond 64 KiB.
 * Whoever must wait is not read from, so that TCP slows the sender down. Half frames do not count
 * as under way, or a bound full of halves could never finish one.
 *
 * @param maxBytes       of whole messages not yet answered
 * @param maxFrameBytes  of one frame
 */
export const createFlow = (maxBytes: number, maxFrameBytes: number) => {
  const permits = Math.max(1, Math.floor(maxBytes / maxFrameBytes))
  const large = new Set<Waiter>()
  const waiting = new Set<Waiter>()
  let held = 0
  let full = false

  const wake = () => {
    for (const waiter of [...waiting]) waiter()
  }

  return {
    heldBytes: () => held,
    isFull: () => full,
    hold: (bytes: number) => {
      held += bytes
      if (held >= maxBytes) full = true
    },
    release: (bytes: number) => {
      held -= bytes
      if (!full || held > maxBytes * 0.75) return
      full = false
      wake()
    },
    /**
     * @returns whether a half frame of this size may go on growing; if not, `waiter` is called
     *   when it is worth asking again
     */
    mayGrow: (bytes: number, waiter: Waiter): boolean => {
      if (bytes <= smallFrame) {
        if (large.delete(waiter)) wake()
        return true
      }
      if (large.has(waiter)) return true
      if (large.size >= permits) return false
      large.add(waiter)
      return true
    },
    wait: (waiter: Waiter) => waiting.add(waiter),
    go: (waiter: Waiter) => waiting.delete(waiter),
    leave: (waiter: Waiter) => {
      waiting.delete(waiter)
      if (large.delete(waiter)) wake()
    },
  }
}

export type Flow = ReturnType<typeof createFlow>
