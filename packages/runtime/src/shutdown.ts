import type { Log } from './log.ts'

/**
 * Closes in the order given, each step awaited, then exits with the code given. Asked a second
 * time, or after `withinMs`, it ends at once.
 */
export const closing = (
  log: Log,
  steps: readonly (() => Promise<unknown> | unknown)[],
  withinMs: number,
): ((code: number) => Promise<void>) => {
  let isClosing = false
  return async (code) => {
    if (isClosing) process.exit(1)
    isClosing = true
    setTimeout(() => {
      log.error({ withinMs }, 'closing took too long')
      process.exit(1)
    }, withinMs).unref()
    for (const step of steps) {
      try {
        await step()
      } catch (cause) {
        log.warn({ cause }, 'closing')
      }
    }
    process.exit(code)
  }
}

/**
 * Closes as `closing` does on SIGTERM or SIGINT, and exits 0.
 *
 * @returns closes the same way on a failure that the service cannot go on from, exiting 1
 */
export const closeOnSignal = (
  log: Log,
  steps: readonly (() => Promise<unknown> | unknown)[],
  withinMs: number,
): ((cause: unknown) => void) => {
  const close = closing(log, steps, withinMs)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'closing')
      void close(0)
    })
  }
  return (cause) => {
    log.error({ cause }, 'cannot go on')
    void close(1)
  }
}
