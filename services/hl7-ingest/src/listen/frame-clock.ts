/** A frame must keep this up, beside the time it may be idle. */
export type FramePace = {
  /** For the whole of a frame, from its first byte. */
  deadlineMs: number
  /** On average, once a frame is older than it may be idle. */
  minBytesPerSecond: number
}

const windowMs = 1_000

/**
 * Times one unfinished frame. Time in which we do not read it, by our own choice, does not count.
 * Times are on the clock of `performance.now()`.
 *
 * @param bytes  size of the frame so far
 */
export const createFrameClock = (bytes: () => number) => {
  let startedAt = 0
  let stoppedAt: number | null = null
  let window = { at: 0, bytes: 0, pace: Number.POSITIVE_INFINITY }

  const openWindow = (now: number, pace: number): void => {
    window = { at: now, bytes: bytes(), pace }
  }

  const pace = (now: number): number => {
    if (stoppedAt !== null) return Number.POSITIVE_INFINITY
    const elapsed = now - window.at
    if (elapsed >= windowMs) openWindow(now, ((bytes() - window.bytes) * 1_000) / elapsed)
    return window.pace
  }

  return {
    start: (now: number): void => {
      startedAt = now
      stoppedAt = null
      openWindow(now, Number.POSITIVE_INFINITY)
    },
    stop: (now: number): void => {
      stoppedAt ??= now
    },
    resume: (now: number): void => {
      if (stoppedAt === null) return
      startedAt += now - stoppedAt
      stoppedAt = null
      openWindow(now, window.pace)
    },
    /** Bytes per second of late; infinite in the first second, and while stopped. */
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
