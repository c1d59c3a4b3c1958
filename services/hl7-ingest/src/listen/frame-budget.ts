import type { CloseReason } from '../meter.ts'

/** An unfinished frame up to this size may always grow, bytes. */
const smallFrame = 65_536
/** A frame that grows more slowly is given up when others wait for room, bytes per second. */
const slowBytesPerSecond = 65_536
/** Time a frame waits before another sender's surplus frame is given up for it, milliseconds. */
const patienceMs = 1_000
/** Slow frames are given up until this share of the budget is in use. */
const ample = 0.75
/** Unfinished frames whose sender is not known yet, of one address and in all. */
const unrecognisedPerAddress = 32
const unrecognisedInAll = 512

/** An unfinished frame. */
export type OpenFrame = {
  address: string
  /** ODS code of its sender; null if it is not recognised. */
  sender: () => string | null
  bytes: () => number
  /** Bytes per second of late; infinite if it is new, or if we do not read it. */
  pace: (now: number) => number
  /** Closes its connection. */
  giveUp: (reason: CloseReason) => void
}

const holderOf = (frame: OpenFrame): string => `${frame.sender() ?? ''} ${frame.address}`
const bytesOf = (frames: readonly OpenFrame[]): number =>
  frames.reduce((sum, frame) => sum + frame.bytes(), 0)

/**
 * Bounds the memory of unfinished frames of all connections, so that senders that do not finish
 * theirs cannot block the others.
 *
 * - A frame over 64 KiB needs a recognised sender.
 * - Frames over 64 KiB share a budget of bytes. A sender at one address gets half of it. The oldest
 *   frame may always grow, so that waiting frames cannot block each other.
 * - A frame that waits for room gets that of frames that hardly grow; after a second, that of the
 *   newest frame of a sender with several, if it holds more.
 *
 * @param maxBytes  the budget
 * @param wake      lets waiting connections check again
 */
export const createFrameBudget = (maxBytes: number, wake: () => void) => {
  /** In order of age, with the time since which the frame waits; null if it does not. */
  const large = new Map<OpenFrame, number | null>()
  const unrecognised = new Set<OpenFrame>()

  const ofHolder = (frame: OpenFrame): OpenFrame[] => {
    const holder = holderOf(frame)
    return [...large.keys()].filter((one) => holderOf(one) === holder)
  }

  const isFull = (share = 1): boolean => bytesOf([...large.keys()]) > maxBytes * share
  const isOverHalf = (own: readonly OpenFrame[], share = 1): boolean =>
    bytesOf(own) > (maxBytes / 2) * share

  const isWithin = (frame: OpenFrame, share = 1): boolean => {
    if (isFull(share)) return false
    const own = ofHolder(frame)
    return own[0] === frame || !isOverHalf(own, share)
  }

  const fits = (frame: OpenFrame): boolean =>
    large.keys().next().value === frame || isWithin(frame)

  const giveUp = (frame: OpenFrame, reason: CloseReason): void => {
    large.delete(frame)
    unrecognised.delete(frame)
    frame.giveUp(reason)
  }

  /** Gives up slow frames, the slowest first, until there is ample room. */
  const giveUpSlow = (frame: OpenFrame, now: number): void => {
    const rivals = isFull() ? [...large.keys()] : ofHolder(frame)
    const slow = rivals
      .map((rival) => ({ rival, pace: rival.pace(now) }))
      .filter(({ rival, pace }) => rival !== frame && pace < slowBytesPerSecond)
      .sort((one, other) => one.pace - other.pace)
    for (const { rival } of slow) {
      if (isWithin(frame, ample)) return
      giveUp(rival, 'slow')
    }
  }

  /** Gives up the newest frame of the sender that holds most, if it has several, and holds more. */
  const giveUpSurplus = (frame: OpenFrame, now: number): void => {
    const since = large.get(frame) ?? null
    if (since === null || now - since < patienceMs || !isFull()) return
    const [most = []] = [...Map.groupBy(large.keys(), holderOf).values()].sort(
      (one, other) => bytesOf(other) - bytesOf(one),
    )
    const newest = most.length > 1 ? most.at(-1) : undefined
    if (newest !== undefined && bytesOf(most) > bytesOf(ofHolder(frame))) giveUp(newest, 'budget')
  }

  /** @returns whether there is room for the frame now */
  const makeRoom = (frame: OpenFrame, now: number): boolean => {
    if (fits(frame)) return true
    giveUpSlow(frame, now)
    if (fits(frame)) return true
    giveUpSurplus(frame, now)
    return fits(frame)
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
      if (!large.has(frame)) large.set(frame, null)
      const isRoom = makeRoom(frame, now)
      large.set(frame, isRoom ? null : (large.get(frame) ?? now))
      return isRoom
    },
    /** Whether a frame is too large for a sender that is not recognised. */
    needsSender: (frame: OpenFrame): boolean => frame.bytes() > smallFrame,
    /** Counts an unfinished frame as one without a recognised sender. */
    holdUnrecognised: (frame: OpenFrame): void => {
      if (unrecognised.has(frame)) return
      unrecognised.add(frame)
      const byAddress = Map.groupBy(unrecognised, ({ address }) => address)
      const own = byAddress.get(frame.address) ?? []
      if (own.length > unrecognisedPerAddress) giveUp(own[0] as OpenFrame, 'unrecognised')
      else if (unrecognised.size > unrecognisedInAll) {
        const [most = []] = [...byAddress.values()].sort((a, b) => b.length - a.length)
        giveUp(most[0] as OpenFrame, 'unrecognised')
      }
    },
    recognised: (frame: OpenFrame): void => void unrecognised.delete(frame),
    /** The frame is complete, or its connection is closed. */
    leave: (frame: OpenFrame): void => {
      unrecognised.delete(frame)
      if (large.delete(frame)) wake()
    },
  }
}

export type FrameBudget = ReturnType<typeof createFrameBudget>
