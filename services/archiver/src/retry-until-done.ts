import { setTimeout as pause } from 'node:timers/promises'

type Patience = {
  /** Asked before each attempt; false gives up. */
  goOn: () => boolean
  onFailure: (cause: unknown) => void
  /** Failures that no repetition cures; they are thrown on. */
  isFinal?: (cause: unknown) => boolean
  /** Called between attempts, at least every two seconds. What it throws is thrown on. */
  between?: () => Promise<void>
}

const firstPauseMs = 100
const longestPauseMs = 2_000

/**
 * Repeats until it succeeds, with a growing pause: for a store that is away for a while.
 *
 * @returns what it gave, or null if `goOn` said to stop
 */
export const untilDone = async <T extends object>(
  act: () => Promise<T>,
  { goOn, onFailure, isFinal, between }: Patience,
): Promise<T | null> => {
  for (let pauseMs = firstPauseMs; goOn(); pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await act()
    } catch (cause) {
      if (isFinal?.(cause)) throw cause
      onFailure(cause)
    }
    await pause(pauseMs)
    await between?.()
  }
  return null
}
