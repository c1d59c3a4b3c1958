import type { Log } from './log.ts'

/**
 * Runs the steps in order, awaiting each, then exits with the given code. A second call, or
 * `withinMs`, ends the process at once.
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
 * On SIGTERM or SIGINT closes as `closing` does and exits with 0.
 *
 * @returns a function for fatal errors: it closes in the same way and exits with 1
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
