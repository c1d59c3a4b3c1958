/** A frame must keep this up, beside the time it may be idle. */
export type FramePace = {
  /** For the whole of a frame, from its first byte. */
  deadlineMs: number
  /** On average, once a frame is older than it may be idle. */
  minBytesPerSecond: number
}

/**
 * The pace is measured over this time. The first such time of a frame, and after a pause, does not
 * count: what arrives in it may have been sent before.
 */
const windowMs = 300

/**
 * Times one unfinished frame. Time in which we do not read it, by our own choice, does not count.
 * Times are on the clock of `performance.now()`.
 *
 * @param bytes  size of the frame so far
 */
export const createFrameClock = (bytes: () => number) => {
  let startedAt = 0
  let stoppedAt: number | null = null
  let window = { at: 0, bytes: 0, pace: Number.POSITIVE_INFINITY, counts: false }

  const openWindow = (now: number, pace: number, counts: boolean): void => {
    window = { at: now, bytes: bytes(), pace, counts }
  }

  const pace = (now: number): number => {
    if (stoppedAt !== null) return Number.POSITIVE_INFINITY
    const elapsed = now - window.at
    const measured = ((bytes() - window.bytes) * 1_000) / elapsed
    if (elapsed >= windowMs) openWindow(now, window.counts ? measured : window.pace, true)
    return window.pace
  }

  return {
    start: (now: number): void => {
      startedAt = now
      stoppedAt = null
      openWindow(now, Number.POSITIVE_INFINITY, false)
    },
    stop: (now: number): void => {
      stoppedAt ??= now
    },
    resume: (now: number): void => {
      if (stoppedAt === null) return
      startedAt += now - stoppedAt
      stoppedAt = null
      openWindow(now, window.pace, false)
    },
    /** Bytes per second of late; infinite until it is known, and while stopped. */
    pace,
    /** Why the frame takes too long, if it does. Called often, so that the pace is recent. */
    overdue: (
      now: number,
      { deadlineMs, minBytesPerSecond }: FramePace,
      idleFrameMs: number,
    ): 'deadline' | 'rate' | null => {
      pace(now)
      const ageMs = (stoppedAt ?? now) - startedAt
      if (ageMs > deadlineMs) return 'deadline'
      const expected = (minBytesPerSecond * (ageMs - idleFrameMs)) / 1_000
      return bytes() < expected ? 'rate' : null
    },
  }
}
