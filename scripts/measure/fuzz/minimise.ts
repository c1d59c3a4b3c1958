/** Most attempts; each runs the code under test once. */
const mostTries = 2_000

/** Shortens a failing message: removes halves, then smaller pieces, as long as it still fails. */
export const minimise = (bytes: Buffer, fails: (bytes: Buffer) => boolean): Buffer => {
  let smallest = bytes
  let tries = 0
  for (
    let size = Math.ceil(bytes.length / 2);
    size >= 1 && tries < mostTries;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < smallest.length && tries < mostTries; ) {
      tries += 1
      const shorter = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)])
      if (fails(shorter)) smallest = shorter
      else at += size
    }
  }
  return smallest
}

const shownBytes = 1_500

/** Bytes as text for a test: bytes that are not printable ASCII are written as `\x0d`. */
export const escaped = (bytes: Buffer): string => {
  const text = [...bytes.subarray(0, shownBytes)]
    .map((byte) =>
      byte === 0x5c
        ? '\\\\'
        : byte >= 0x20 && byte < 0x7f
          ? String.fromCharCode(byte)
          : `\\x${byte.toString(16).padStart(2, '0')}`,
    )
    .join('')
  return bytes.length > shownBytes ? `${text}... (${bytes.length} bytes)` : text
}
