const firstMs = 500
const longestMs = 30_000
const settledMs = 60_000

/**
 * Milliseconds to wait before starting a program again: half a second, doubled each time it ends
 * again, up to half a minute. A program that was up for a minute begins anew.
 */
export const nextPause = (lastPauseMs: number, upMs: number): number =>
  lastPauseMs === 0 || upMs >= settledMs ? firstMs : Math.min(lastPauseMs * 2, longestMs)
