const firstMs = 500
const longestMs = 30_000
const settledMs = 60_000

/**
 * Milliseconds to wait before restarting a program: 0.5 s, doubled at each restart up to 30 s, and
 * 0.5 s again after it ran for a minute.
 */
export const nextPause = (lastPauseMs: number, upMs: number): number =>
  lastPauseMs === 0 || upMs >= settledMs ? firstMs : Math.min(lastPauseMs * 2, longestMs)
