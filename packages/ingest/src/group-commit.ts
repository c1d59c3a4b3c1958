import { NotDurable } from './not-durable-error.ts'

/**
 * Time between looks at what has waited too long, milliseconds; an answer is at most this much
 * later than its deadline.
 */
const expiryStepMs = 100

/**
 * Milliseconds from the beginning of one send to the beginning of the next, and how many members
 * are enough not to wait any longer.
 */
export type Pace = { apartMs: number; enough: number }
const unpaced = (): Pace => ({ apartMs: 0, enough: 0 })

type Member<T> = {
  items: readonly T[]
  bytes: number
  deadline: number
  resolve: () => void
  reject: (error: NotDurable) => void
}

/**
 * One send at a time; everything that arrives while it is in flight goes into the next. So a broker
 * round trip is shared by all who wait for it, and the more arrive the fewer sends each costs.
 *
 * A failed send fails exactly its own members. A member that passes its deadline fails at once: if
 * it still waits it is dropped and never sent, so that the queue cannot grow while the log is away;
 * if it is in flight it may become durable all the same, which does no harm, as the sender repeats
 * it with the same ids.
 *
 * @param send      resolves when every item is durable
 * @param maxBytes  most bytes in one send; a member larger than that goes alone
 * @param pace      how long the next send waits for more to share it
 */
export const groupCommit = <T>(
  send: (items: readonly T[]) => Promise<void>,
  maxBytes: number,
  pace: () => Pace = unpaced,
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

  const gather = (): Promise<void> | null => {
    const { apartMs, enough } = pace()
    // Rounded, as timers are: less than half a millisecond is not waited for.
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
      await gather()
      lastSendAt = performance.now()
      inFlight = takeGroup()
      try {
        await send(inFlight.flatMap((member) => member.items))
        for (const member of inFlight) member.resolve()
      } catch (cause) {
        for (const member of inFlight) member.reject(new NotDurable('LOG_UNAVAILABLE', { cause }))
      }
      inFlight = []
    }
    sending = false
  }

  const dropLate = (now: number): void => {
    const late = (member: Member<T>) => member.deadline <= now
    const tooLate = new NotDurable('LOG_UNAVAILABLE', { cause: new Error('not durable in time') })
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
     * @param bytes     about how much the items take in a send
     * @param deadline  on the clock of `performance.now()`
     * @throws NotDurable LOG_UNAVAILABLE when the send failed or the deadline passed
     */
    submit: (items: readonly T[], bytes: number, deadline: number): Promise<void> =>
      new Promise((resolve, reject) => {
        waiting.push({ items, bytes, deadline, resolve, reject })
        waitingBytes += bytes
        watch()
        onArrival?.()
        if (sending) return
        sending = true
        // What the other sockets bring in this turn of the event loop goes into the same send.
        setImmediate(() => void sendAll())
      }),
    depth: () => ({ waiting: waiting.length, waitingBytes, inFlight: inFlight.length }),
  }
}

export type GroupCommit<T> = ReturnType<typeof groupCommit<T>>
