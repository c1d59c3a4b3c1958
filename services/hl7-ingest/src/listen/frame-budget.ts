import type { CloseReason } from '../meter.ts'
import { byPace, type OpenFrame, slowBytesPerSecond } from './frame-order.ts'

/** An unfinished frame up to this size may always grow, bytes. */
const smallFrame = 65_536
/** Time a frame waits before another sender's surplus frame is given up for it, milliseconds. */
const patienceMs = 1_000
/** Slow frames are given up until this share of the budget is in use. */
const ample = 0.75
/** Of the budget, for one sender at one address. */
const shareOfSender = 0.5
/** A frame that waits is read this far, bytes. */
const probeBytes = 65_536
/** More than a frame holds that was only ever waiting, bytes. */
const displacedBytes = 4 * 65_536
/** So long after one of its frames was slow are a sender's frames admitted by pace, ms. */
const suspicionMs = 30_000

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
 * - A sender at an address that lost a frame so has its frames admitted by pace for a while, and
 *   new ones before those that wait: else each frame that waits has its burst read first, and is
 *   then slow. Those that hold room and are not admitted are given up.
 * - A waiting frame is read a little further, which shows whether its sender is slow.
 *
 * @param maxBytes  the budget
 * @param wake      lets waiting connections check again
 */
export const createFrameBudget = (maxBytes: number, wake: () => void) => {
  /** In order of age. */
  const large = new Map<OpenFrame, Wait | null>()
  /** When a holder last lost a slow frame. */
  const suspected = new Map<string, number>()

  const isSuspect = (holder: string, now: number): boolean =>
    now - (suspected.get(holder) ?? Number.NEGATIVE_INFINITY) < suspicionMs

  const ofHolder = (holder: string): OpenFrame[] =>
    [...large.keys()].filter((one) => holderOf(one) === holder)

  /** By age; the places of a suspect holder go to its frames by pace. */
  const inOrder = (now: number): OpenFrame[] => {
    const queues = new Map(
      [...suspected.keys()]
        .filter((holder) => isSuspect(holder, now))
        .map((holder) => [holder, byPace(ofHolder(holder), now)]),
    )
    return [...large.keys()].map((frame) => queues.get(holderOf(frame))?.shift() ?? frame)
  }

  /** Frames that have room. */
  const admitted = (now: number): Set<OpenFrame> => {
    const own = new Map<string, number>()
    const frames = new Set<OpenFrame>()
    let total = 0
    for (const one of inOrder(now)) {
      const [bytes, holder] = [one.bytes(), holderOf(one)]
      const held = own.get(holder) ?? 0
      const fits =
        total + bytes <= maxBytes && (held === 0 || held + bytes <= maxBytes * shareOfSender)
      if (total > 0 && !fits) continue
      frames.add(one)
      own.set(holder, held + bytes)
      total += bytes
    }
    return frames
  }

  /** Frames of the same sender, if they exceed its share and this one is not the oldest. */
  const inItsWay = (frame: OpenFrame, share: number): OpenFrame[] => {
    const own = ofHolder(holderOf(frame))
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
      if (admitted(now).has(frame) && isAmple(frame)) return
      suspected.set(holderOf(rival), now)
      giveUp(rival, 'slow')
    }
  }

  /** Gives up the newest frame of the sender that holds most, if it has several, and holds more. */
  const giveUpSurplus = (frame: OpenFrame): void => {
    const [most = []] = [...Map.groupBy(large.keys(), holderOf).values()].sort(
      (one, other) => bytesOf(other) - bytesOf(one),
    )
    const newest = most.length > 1 ? most.at(-1) : undefined
    if (newest !== undefined && bytesOf(most) > bytesOf(ofHolder(holderOf(frame))))
      giveUp(newest, 'budget')
  }

  /** Gives up frames of a suspect holder that hold room and are not admitted. */
  const giveUpDisplaced = (holder: string, now: number): void => {
    if (!isSuspect(holder, now)) return
    const frames = admitted(now)
    for (const rival of ofHolder(holder))
      if (!frames.has(rival) && rival.bytes() > displacedBytes) giveUp(rival, 'budget')
  }

  const makeRoom = (frame: OpenFrame, now: number): boolean => {
    if (admitted(now).has(frame)) return true
    giveUpSlow(frame, now)
    if (admitted(now).has(frame)) return true
    const wait = large.get(frame)
    if (wait && now - wait.since >= patienceMs) giveUpSurplus(frame)
    return admitted(now).has(frame)
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
        giveUpDisplaced(holderOf(frame), now)
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
      if (!large.delete(frame)) return
      if (large.size === 0) suspected.clear()
      wake()
    },
  }
}

export type FrameBudget = ReturnType<typeof createFrameBudget>
