/** Makes a connection check again whether it may read. */
type Waiter = () => void

/**
 * Back-pressure across all connections, so that memory stays bounded: messages in progress are
 * bounded in bytes. A waiting connection is not read, so TCP slows its sender down. Unfinished
 * frames do not count as in progress; if they did, a limit reached by them alone would never be
 * released.
 *
 * @param maxBytes  limit for complete messages that are not answered yet
 */
export const createBackPressure = (maxBytes: number) => {
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
    wake,
    wait: (waiter: Waiter) => waiting.add(waiter),
    go: (waiter: Waiter) => waiting.delete(waiter),
    leave: (waiter: Waiter) => waiting.delete(waiter),
  }
}

export type BackPressure = ReturnType<typeof createBackPressure>
