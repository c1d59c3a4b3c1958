const everyMs = 5_000

/**
 * Shows how far a long command is, on standard error: in place on a terminal, else now and then.
 */
export const showProgress = (): { show(what: string): void; end(): void } => {
  const inPlace = process.stderr.isTTY
  let last = 0
  return {
    show(what) {
      const now = performance.now()
      if (inPlace) process.stderr.write(`\r\x1b[K${what}`)
      else if (now - last >= everyMs) {
        process.stderr.write(`${what}\n`)
        last = now
      }
    },
    end() {
      if (inPlace) process.stderr.write('\r\x1b[K')
    },
  }
}
