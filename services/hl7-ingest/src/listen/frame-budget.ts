import type { CloseReason } from '../meter.ts'

/** An unfinished frame up to this size may always grow, bytes. */
const smallFrame = 65_536
/** A frame that grows more slowly is given up when others wait for room, bytes per second. */
const slowBytesPerSecond = 65_536
/** Time a frame waits before another sender's surplus frame is given up for it, milliseconds. */
const patienceMs = 1_000
/** Slow frames are given up until this share of the budget is in use. */
const ample = 0.75
/** Of the budget, for one sender at one address. */
const shareOfSender = 0.5
/** A frame that waits is read this far, bytes. */
const probeBytes = 65_536

/** An unfinished frame. */
export type OpenFrame = {
  address: string
  /** ODS code of its sender; null if it is not recognised. */
  sender: () => string | null
  bytes: () => number
  /** Bytes per second of late; infinite if it is new, or if it is not read. */
  pace: (now: number) => number
  /** Closes its connection. */
  giveUp: (reason: CloseReason) => void
}

const holderOf = (frame: OpenFrame): string => `${frame.sender() ?? ''} ${frame.address}`
const bytesOf = (frames: readonly OpenFrame[]): number =>
  frames.reduce((sum, frame) => sum + frame.bytes(), 0)
/** Since when a frame waits, and its size then. */
type Wait = { since: number; bytes: number }

/**
 * Bounds the memory of unfinished frames of all connections, so that senders that do not finish
 * theirs cannot block the others.
 *
 * - A frame over 64 KiB needs a recognised sender.
 * - Frames over 64 KiB share a budget of bytes, the oldest first. A sender at one address gets half
 *   of it. The oldest frame may always grow.
 * - A frame that waits for room gets that of frames that hardly grow; after a second, that of the
 *   newest frame of a sender with several, if it holds more.
 * - A waiting frame is read a little further, which shows whether its sender is slow.
 *
 * @param maxBytes  the budget
 * @param wake      lets waiting connections check again
 */
export const createFrameBudget = (maxBytes: number, wake: () => void) => {
  /** In order of age. */
  const large = new Map<OpenFrame, Wait | null>()

  const ofHolder = (frame: OpenFrame): OpenFrame[] => {
    const holder = holderOf(frame)
    return [...large.keys()].filter((one) => holderOf(one) === holder)
  }

  /** Whether there is room for the frame beside those that have it already. */
  const isAdmitted = (frame: OpenFrame): boolean => {
    const own = new Map<string, number>()
    let total = 0
    for (const one of large.keys()) {
      const [bytes, holder] = [one.bytes(), holderOf(one)]
      const held = own.get(holder) ?? 0
      const fits =
        total + bytes <= maxBytes && (held === 0 || held + bytes <= maxBytes * shareOfSender)
      const isIn = total === 0 || fits
      if (one === frame) return isIn
      if (!isIn) continue
      own.set(holder, held + bytes)
      total += bytes
    }
    return false
  }

  /** Frames of the same sender, if they exceed its share and this one is not the oldest. */
  const inItsWay = (frame: OpenFrame, share: number): OpenFrame[] => {
    const own = ofHolder(frame)
    return own[0] !== frame && bytesOf(own) > maxBytes * shareOfSender * share ? own : []
  }

  const isAmple = (frame: OpenFrame): boolean =>
    bytesOf([...large.keys()]) <= maxBytes * ample && inItsWay(frame, ample).length === 0

  const giveUp = (frame: OpenFrame, reason: CloseReason): void => {
    large.delete(frame)
    frame.giveUp(reason)
  }

  /** Gives up slow frames, the slowest first, until there is ample room. */
  const giveUpSlow = (frame: OpenFrame, now: number): void => {
    const own = inItsWay(frame, 1)
    const slow = (own.length > 0 ? own : [...large.keys()])
      .map((rival) => ({ rival, pace: rival.pace(now) }))
      .filter(({ rival, pace }) => rival !== frame && pace < slowBytesPerSecond)
      .sort((one, other) => one.pace - other.pace)
    for (const { rival } of slow) {
      if (isAdmitted(frame) && isAmple(frame)) return
      giveUp(rival, 'slow')
    }
  }

  /** Gives up the newest frame of the sender that holds most, if it has several, and holds more. */
  const giveUpSurplus = (frame: OpenFrame): void => {
    const [most = []] = [...Map.groupBy(large.keys(), holderOf).values()].sort(
      (one, other) => bytesOf(other) - bytesOf(one),
    )
    const newest = most.length > 1 ? most.at(-1) : undefined
    if (newest !== undefined && bytesOf(most) > bytesOf(ofHolder(frame))) giveUp(newest, 'budget')
  }

  const makeRoom = (frame: OpenFrame, now: number): boolean => {
    if (isAdmitted(frame)) return true
    giveUpSlow(frame, now)
    const wait = large.get(frame)
    if (wait && now - wait.since >= patienceMs && !isAdmitted(frame)) giveUpSurplus(frame)
    return isAdmitted(frame)
  }

  return {
    /**
     * @param now  on the clock of `performance.now()`
     * @returns whether an unfinished frame may grow further; if not, ask again when woken, or a
     *   little later
     */
    mayGrow: (frame: OpenFrame, now: number): boolean => {
      if (frame.bytes() <= smallFrame) {
        if (large.delete(frame)) wake()
        return true
      }
      const wait = large.get(frame) ?? null
      large.set(frame, wait)
      if (makeRoom(frame, now)) {
        large.set(frame, null)
        return true
      }
      const { bytes } = wait ?? { bytes: frame.bytes() }
      if (wait === null) large.set(frame, { since: now, bytes })
      return frame.bytes() < bytes + probeBytes
    },
    /** Whether a frame is too large for a sender that is not recognised. */
    needsSender: (frame: OpenFrame): boolean => frame.bytes() > smallFrame,
    /** The frame is complete, or its connection is closed. */
    leave: (frame: OpenFrame): void => {
      if (large.delete(frame)) wake()
    },
  }
}

export type FrameBudget = ReturnType<typeof createFrameBudget>
