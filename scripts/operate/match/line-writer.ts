import { closeSync, openSync, writeSync } from 'node:fs'

export type LineWriter = { write(line: string): void; close(): void }

const flushAt = 65_536

/** Writes lines to a new file, 64 KB at a time. */
export const lineWriter = (path: string): LineWriter => {
  const file = openSync(path, 'w')
  let pending = ''
  const flush = (): void => {
    const bytes = Buffer.from(pending)
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    pending = ''
  }
  return {
    write(line) {
      pending += `${line}\n`
      if (pending.length >= flushAt) flush()
    },
    close() {
      flush()
      closeSync(file)
    },
  }
}
