const shownBytes = 64

const classOf = (byte: number): string => {
  if (byte === 0x0d || byte === 0x0a) return 'end'
  if (byte < 0x20 || byte === 0x7f) return 'control'
  if (byte === 0x20) return 'space'
  if (byte >= 0x80) return 'high'
  if (byte >= 0x30 && byte <= 0x39) return 'digit'
  return /[A-Za-z]/.test(String.fromCharCode(byte)) ? 'letter' : 'mark'
}

/**
 * Character classes of the first bytes, for the log: `letter*3 mark digit*10`. Reveals no content.
 */
export const shapeOf = (bytes: Buffer): string => {
  const runs: { kind: string; count: number }[] = []
  for (const byte of bytes.subarray(0, shownBytes)) {
    const kind = classOf(byte)
    const last = runs.at(-1)
    if (last?.kind === kind) last.count += 1
    else runs.push({ kind, count: 1 })
  }
  return runs.map(({ kind, count }) => (count === 1 ? kind : `${kind}*${count}`)).join(' ')
}
