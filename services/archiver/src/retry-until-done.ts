import pRetry from 'p-retry'

type RetryOptions = {
  /** Asked before each attempt; false gives up. */
  while: () => boolean
  onFailure: (cause: unknown) => void
  /** Errors that no retry cures; they are rethrown. */
  isFinal?: (cause: unknown) => boolean
  /** Called after a failed attempt, at least every two seconds. Its errors are rethrown. */
  beforeRetry?: () => Promise<void>
}

/**
 * Retries an idempotent act without limit, with exponential back-off, while the store it needs is
 * unavailable. A TypeError is a defect and is rethrown.
 *
 * @returns the result, or null if `while` said to stop
 */
export const retryUntilDone = <T extends object>(
  act: () => Promise<T>,
  { while: mayTry, onFailure, isFinal = () => false, beforeRetry }: RetryOptions,
): Promise<T | null> =>
  pRetry(async () => (mayTry() ? act() : null), {
    retries: Infinity,
    minTimeout: 100,
    maxTimeout: 2_000,
    shouldRetry: ({ error }) => !isFinal(error),
    onFailedAttempt: async ({ error }) => {
      if (isFinal(error)) return
      onFailure(error)
      await beforeRetry?.()
    },
  })
