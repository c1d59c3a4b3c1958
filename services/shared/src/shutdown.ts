import type { Log } from './log.ts'

/**
 * Closes in the order given on SIGTERM or SIGINT, each step awaited, then exits 0. A second signal, or `withinMs`, ends it at once.
 *
 * @returns closes the same way on a failure that the service cannot go on from, exiting 1
 */
export const closeOnSignal = (log: Log, steps: readonly (() => Promise<unknown> | unknown)[], withinMs: number): ((cause: unknown) => void) => {
  let closing = false
  const close = async (code: number) => {
    if (closing) process.exit(1)
    closing = true
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
