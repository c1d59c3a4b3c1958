/** An unfinished frame above this size needs a permit to grow, bytes. */
const smallFrame = 65_536

/** Makes a connection check again whether it may read. */
type Waiter = () => void

/**
 * Back-pressure across all connections, so that memory stays bounded: messages in progress are
 * bounded in bytes, and only a few unfinished frames at a time may grow beyond 64 KiB. A waiting
 * connection is not read, so TCP slows its sender down. Unfinished frames do not count as in
 * progress; if they did, a limit reached by them alone would never be released.
 *
 * @param maxBytes       limit for complete messages that are not answered yet
 * @param maxFrameBytes  limit for one frame
 */
export const createBackPressure = (maxBytes: number, maxFrameBytes: number) => {
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
     * @returns whether an unfinished frame of this size may grow further; if not, `waiter` is
     *   called when it may try again
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

export type BackPressure = ReturnType<typeof createBackPressure>
