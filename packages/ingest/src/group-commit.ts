import { NotDurableError } from './not-durable-error.ts'

/** Interval of the deadline check, milliseconds: an item fails at most this late. */
const expiryStepMs = 100

/**
 * How long a produce request waits for more items.
 *
 * @property apartMs  from the start of one produce request to the start of the next, milliseconds
 * @property enough   number of items that are sent without further waiting
 */
export type Linger = { apartMs: number; enough: number }
const noLinger = (): Linger => ({ apartMs: 0, enough: 0 })

type Member<T> = {
  items: readonly T[]
  bytes: number
  deadline: number
  resolve: () => void
  reject: (error: NotDurableError) => void
}

/**
 * Group commit: one produce request at a time, and items that arrive while it is in flight go into
 * the next. All waiting items share one broker round trip.
 *
 * A failed produce request fails only its own items. An item that passes its deadline fails at
 * once. If it was still waiting, it is dropped and never sent, so the queue cannot grow while the
 * log is unavailable. If it was in flight, it may still become durable, which is harmless: the
 * sender resends it, and its ids are the same.
 *
 * @param send      resolves when every item is durable
 * @param maxBytes  limit for one produce request; a larger item is sent alone
 * @param linger    how long the next produce request waits for more items
 */
export const groupCommit = <T>(
  send: (items: readonly T[]) => Promise<void>,
  maxBytes: number,
  linger: () => Linger = noLinger,
) => {
  let waiting: Member<T>[] = []
  let inFlight: Member<T>[] = []
  let waitingBytes = 0
  let sending = false
  let isWatched = false
  let lastSendAt = Number.NEGATIVE_INFINITY
  let onArrival: (() => void) | null = null

  const takeGroup = (): Member<T>[] => {
    let count = 0
    let bytes = 0
    for (const member of waiting) {
      if (count > 0 && bytes + member.bytes > maxBytes) break
      bytes += member.bytes
      count += 1
    }
    waitingBytes -= bytes
    return waiting.splice(0, count)
  }

  const waitForMore = (): Promise<void> | null => {
    const { apartMs, enough } = linger()
    // Timers have millisecond resolution: less than half a millisecond is not worth one.
    const left = Math.round(lastSendAt + apartMs - performance.now())
    const isEnough = () => waiting.length >= enough || waitingBytes >= maxBytes
    if (left <= 0 || isEnough()) return null
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer)
        onArrival = null
        resolve()
      }
      const timer = setTimeout(go, left)
      onArrival = () => isEnough() && go()
    })
  }

  const sendAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      await waitForMore()
      lastSendAt = performance.now()
      inFlight = takeGroup()
      try {
        await send(inFlight.flatMap((member) => member.items))
        for (const member of inFlight) member.resolve()
      } catch (cause) {
        for (const member of inFlight)
          member.reject(new NotDurableError('LOG_UNAVAILABLE', { cause }))
      }
      inFlight = []
    }
    sending = false
  }

  const dropLate = (now: number): void => {
    const late = (member: Member<T>) => member.deadline <= now
    const tooLate = new NotDurableError('LOG_UNAVAILABLE', {
      cause: new Error('not durable in time'),
    })
    for (const member of [...inFlight, ...waiting].filter(late)) member.reject(tooLate)
    if (!waiting.some(late)) return
    waiting = waiting.filter((member) => !late(member))
    waitingBytes = waiting.reduce((sum, member) => sum + member.bytes, 0)
  }

  const watch = (): void => {
    if (isWatched) return
    isWatched = true
    setTimeout(() => {
      isWatched = false
      dropLate(performance.now())
      if (waiting.length + inFlight.length > 0) watch()
    }, expiryStepMs)
  }

  return {
    /**
     * @param bytes     approximate size of the items in a produce request
     * @param deadline  on the clock of `performance.now()`
     * @throws NotDurableError LOG_UNAVAILABLE when the request failed or the deadline passed
     */
    submit: (items: readonly T[], bytes: number, deadline: number): Promise<void> =>
      new Promise((resolve, reject) => {
        waiting.push({ items, bytes, deadline, resolve, reject })
        waitingBytes += bytes
        watch()
        onArrival?.()
        if (sending) return
        sending = true
        // Messages that other sockets deliver in this turn of the event loop share the request.
        setImmediate(() => void sendAll())
      }),
    depth: () => ({ waiting: waiting.length, waitingBytes, inFlight: inFlight.length }),
  }
}

export type GroupCommit<T> = ReturnType<typeof groupCommit<T>>
